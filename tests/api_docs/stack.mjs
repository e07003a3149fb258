// The running product as the tests of the descriptions see it: each dialect on a host of its own.
import http from "node:http";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const bootstrap = JSON.parse(
  readFileSync(join(process.env.STATE, "bootstrap.json"), "utf8"),
);
const { hostname, port } = new URL(bootstrap.http);

/** What a call of the tests may carry: `json`, `form` or a `body` of its own type, and headers. */
function encoded({ json, form, body, headers = {} }) {
  if (json !== undefined) return { body: JSON.stringify(json), type: "application/json", headers };
  if (form !== undefined) {
    return {
      body: new URLSearchParams(form).toString(),
      type: "application/x-www-form-urlencoded",
      headers,
    };
  }
  return { body, type: headers["Content-Type"], headers };
}

/** Sends a request to a dialect's own host; the answer with its body as text. */
export function send(dialect, method, path, options = {}) {
  const { body, type, headers } = encoded(options);
  const all = { Host: `${dialect}.localhost`, ...headers };
  if (body !== undefined)
    Object.assign(all, { "Content-Type": type, "Content-Length": Buffer.byteLength(body) });
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, method, path, headers: all }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("error", reject);
      answer.on("end", () => {
        resolve({
          status: answer.statusCode,
          headers: answer.headers,
          text: Buffer.concat(parts).toString(),
        });
      });
    });
    request.setTimeout(60_000, () =>
      request.destroy(new Error(`${method} ${path} is not answered`)),
    );
    request.on("error", reject);
    request.end(body);
  });
}
