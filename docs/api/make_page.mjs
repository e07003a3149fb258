// Fills a folder with the page, its viewer and the descriptions: make_page.mjs FOLDER.
import assert from "node:assert/strict";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2];
const require = createRequire(process.env.NODE_FOLDER + "/");
const { parse } = require("yaml");

/** The viewer would fetch its maker's logo from elsewhere: an empty picture takes its place. */
function viewer() {
  const logo = "https://cdn.redoc.ly/redoc/logo-mini.svg";
  const nothing = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
  const parts = readFileSync(require.resolve("redoc/bundles/redoc.standalone.js"), "utf8")
    .replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n")
    .split(logo);
  assert.equal(parts.length, 2, "the viewer shows its logo in another way than before");
  return parts.join(nothing);
}

for (const name of readdirSync(here)) {
  if (!/^[a-z]+\.yaml$/.test(name) || name === "redocly.yaml") continue;
  const description = parse(readFileSync(join(here, name), "utf8"), { maxAliasCount: -1 });
  writeFileSync(join(folder, name.replace(/yaml$/, "json")), JSON.stringify(description));
  copyFileSync(join(here, name), join(folder, name));
}
for (const name of readdirSync(join(here, "page")))
  copyFileSync(join(here, "page", name), join(folder, name));
writeFileSync(join(folder, "redoc.js"), viewer());
const redoc = dirname(require.resolve("redoc/package.json"));
const licences = ["LICENSE", "bundles/redoc.standalone.js.LICENSE.txt"].map((name) =>
  readFileSync(join(redoc, name), "utf8"),
);
writeFileSync(join(folder, "redoc-licences.txt"), licences.join("\n"));
