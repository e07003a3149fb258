// Everything that docs/api describes, asked of the running product: its answers are as described.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Description } from "./description.mjs";
import { send } from "./stack.mjs";
import { visitBedita } from "./visit_bedita.mjs";
import { visitBrightact } from "./visit_brightact.mjs";
import { visitCocoaheads } from "./visit_cocoaheads.mjs";
import { visitCscart } from "./visit_cscart.mjs";
import { visitTimeslot } from "./visit_timeslot.mjs";

const VISITS = {
  cscart: visitCscart,
  bedita: visitBedita,
  brightact: visitBrightact,
  cocoaheads: visitCocoaheads,
  timeslot: visitTimeslot,
};

for (const [dialect, visit] of Object.entries(VISITS)) {
  test(`${dialect} answers as its description says`, async () => {
    const description = new Description(dialect);
    await visit(async (method, path, options = {}) => {
      const answer = await send(dialect, method, (options.server ?? "") + path, options);
      description.check(method, path, options, answer);
      const isJson =
        /json/.test(answer.headers["content-type"] ?? "") && answer.text.trim().startsWith("{");
      return { ...answer, json: isJson ? JSON.parse(answer.text) : undefined };
    });

    for (const [name, succeeds] of description.operations()) {
      assert(description.called.has(name), `${name} was never called`);
      assert(!succeeds || description.called.get(name), `${name} never succeeded`);
    }
  });
}
