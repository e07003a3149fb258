// One of docs/api/*.yaml, and whether an exchange with the product is as it says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(process.env.NODE_FOLDER + "/");
const { default: Ajv } = require("ajv/dist/2020.js");
const { default: addFormats } = require("ajv-formats");
const { parse } = require("yaml");

const METHODS = ["get", "post", "put", "patch", "delete"];
/** Headers that a client may rely on: an answer that has one has it described. */
const TOLD_HEADERS = [
  "allow",
  "cache-control",
  "etag",
  "link",
  "location",
  "pragma",
  "retry-after",
  "user-token",
  "vary",
  "www-authenticate",
  "x-bedita-version",
  "x-request-id",
  "x-runtime",
];

/** A schema with the names that its references have outside of the document. */
function withLocalReferences(node) {
  if (Array.isArray(node)) return node.map(withLocalReferences);
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      const moves = key === "$ref" && typeof value === "string";
      return [
        key,
        moves ? value.replace("#/components/schemas/", "api#/$defs/") : withLocalReferences(value),
      ];
    }),
  );
}

/** "/users/{id}" as an expression; texts win over names, those further left first. */
function patternOf(template) {
  const segments = template.split("/").slice(1);
  return {
    template,
    expression: new RegExp(
      "^/" +
        segments
          .map((each) => (each.startsWith("{") ? "[^/]+" : each.replaceAll(".", "\\.")))
          .join("/") +
        "$",
    ),
    rank: segments.map((each) => (each.startsWith("{") ? "1" : "0")).join(""),
  };
}

/** Compiles each schema of a document once. */
class Schemas {
  constructor(document, options) {
    this.ajv = new Ajv({ strict: false, allErrors: true, ...options });
    addFormats(this.ajv);
    this.ajv.addSchema({ $id: "api", $defs: withLocalReferences(document.components.schemas) });
    this.checks = new Map();
  }

  validate(schema, value, what) {
    if (!this.checks.has(schema))
      this.checks.set(schema, this.ajv.compile(withLocalReferences(schema)));
    const check = this.checks.get(schema);
    const fits = check(value);
    assert(fits, `${what}: ${this.ajv.errorsText(check.errors)}: ${JSON.stringify(value)}`);
  }
}

export class Description {
  constructor(dialect) {
    const file = new URL(`../../docs/api/${dialect}.yaml`, import.meta.url);
    this.document = parse(readFileSync(fileURLToPath(file), "utf8"), { maxAliasCount: -1 });
    this.strict = new Schemas(this.document, {});
    this.forms = new Schemas(this.document, { coerceTypes: true });
    this.patterns = Object.keys(this.document.paths)
      .map(patternOf)
      .sort((left, right) => left.rank.localeCompare(right.rank));
    this.called = new Map();
  }

  resolve(node) {
    if (node === undefined || node.$ref === undefined) return node;
    const names = node.$ref.slice(2).split("/");
    return this.resolve(
      names.reduce(
        (at, name) => at[name.replaceAll("~1", "/").replaceAll("~0", "~")],
        this.document,
      ),
    );
  }

  /** "GET /users/{id}" of everything that is described, with whether it ever succeeds. */
  operations() {
    const operations = new Map();
    for (const [template, item] of Object.entries(this.document.paths)) {
      for (const [method, operation] of Object.entries(this.resolve(item))) {
        if (!METHODS.includes(method)) continue;
        const succeeds = Object.keys(operation.responses).some((status) => status < "400");
        operations.set(`${method.toUpperCase()} ${template}`, succeeds);
      }
    }
    return operations;
  }

  find(method, path) {
    const name = method === "HEAD" ? "get" : method.toLowerCase();
    const fitting = this.patterns.find(
      ({ template, expression }) =>
        expression.test(path) && this.resolve(this.document.paths[template])[name],
    );
    assert(fitting, `${method} ${path} is not described`);
    const item = this.resolve(this.document.paths[fitting.template]);
    return { template: fitting.template, item, operation: item[name] };
  }

  checkHeaders(response, answer, what) {
    const described = Object.entries(response.headers ?? {}).map(([name, header]) => [
      name,
      this.resolve(header),
    ]);
    for (const [name, header] of described) {
      const value = answer.headers[name.toLowerCase()];
      assert(value !== undefined || !header.required, `${what}: there is no ${name}`);
      if (value !== undefined) this.strict.validate(header.schema, value, `${what}: ${name}`);
    }
    const names = described.map(([name]) => name.toLowerCase());
    for (const name of TOLD_HEADERS) {
      assert(
        !(name in answer.headers) || names.includes(name),
        `${what}: ${name} is not described`,
      );
    }
  }

  checkBody(response, answer, what) {
    if (response.content === undefined)
      return assert.equal(answer.text, "", `${what}: no body is described`);
    const type = answer.headers["content-type"];
    const media = response.content[type];
    assert(media, `${what}: the type ${type} is not described`);
    const schema = this.resolve(media.schema);
    this.strict.validate(
      media.schema,
      schema.type === "string" ? answer.text : JSON.parse(answer.text),
      what,
    );
  }

  /** Parameters and body of a request that was accepted. */
  checkRequest({ item, operation }, query, options, what) {
    const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((each) =>
      this.resolve(each),
    );
    const schemes = Object.values(this.document.components.securitySchemes);
    const names = [...parameters, ...schemes]
      .filter((each) => each.in === "query")
      .map((each) => each.name);
    for (const name of query.keys()) {
      assert(
        names.includes(name.replace(/\[.*/, "")),
        `${what}: the parameter ${name} is not described`,
      );
    }
    if (options.json === undefined && options.form === undefined) return;
    const content = this.resolve(operation.requestBody)?.content;
    assert(content, `${what}: no body is described`);
    const type =
      options.json === undefined ? "application/x-www-form-urlencoded" : "application/json";
    assert(content[type], `${what}: a body of ${type} is not described`);
    const schemas = options.json === undefined ? this.forms : this.strict;
    schemas.validate(
      content[type].schema,
      structuredClone(options.json ?? options.form),
      `${what}: the body`,
    );
  }

  /** Throws unless the exchange is as described. `path` is relative to the server, with its query. */
  check(method, path, options, answer) {
    const url = new URL(path, "http://relative.invalid");
    const found = this.find(method, url.pathname.replace(/(.)\/$/, "$1"));
    const what = `${method} ${path} → ${answer.status}`;
    const response = this.resolve(found.operation.responses[answer.status]);
    assert(response, `${what} is not described; it was ${answer.text}`);
    this.checkHeaders(response, answer, what);
    if (method !== "HEAD") this.checkBody(response, answer, what);
    const accepted = answer.status < 400;
    if (accepted) this.checkRequest(found, url.searchParams, options, what);
    const name = `${method} ${found.template}`;
    this.called.set(name, this.called.get(name) || accepted);
  }
}
