// The running product as the tests see it: its address, its mails, its logs.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const state = process.env.STATE;
export const base = JSON.parse(readFileSync(join(state, "bootstrap.json"), "utf8")).http;

/** Sends JSON to the Timeslot API. */
export function api(method, path, body, headers = {}) {
  return fetch(base + path, {
    method,
    headers: { "Content-Type": "application/json", ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

export function signIn(email, password) {
  return api("POST", "/v1/users/signin", { email, password });
}

let persons = 0;

/** A new person with the password "old-password"; its e-mail address and token. */
export async function newPerson() {
  const email = `person${++persons}@example.net`;
  const answer = await api("POST", "/v1/users", {
    username: "Mira Falk",
    email,
    password: "old-password",
  });
  if (answer.status !== 201) throw new Error(`the sign-up got ${answer.status}`);
  return { email, token: (await answer.json()).authToken };
}

function mails() {
  try {
    const folder = join(state, "mail");
    return readdirSync(folder)
      .filter((name) => name.endsWith(".eml"))
      .map((name) => readFileSync(join(folder, name), "latin1"));
  } catch {
    return [];
  }
}

function decode(encoding, text) {
  if (encoding === "base64") return Buffer.from(text, "base64").toString("utf8");
  if (encoding !== "quoted-printable") return text;
  return text
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}

/** All parts of a mail, decoded, one after the other. */
function textOf(mail) {
  const boundary = /boundary="?([^";\r\n]+)/i.exec(mail)?.[1];
  const parts = boundary ? mail.split("--" + boundary).slice(1) : [mail];
  return parts
    .map((part) => {
      const [head, ...rest] = part.replace(/^\r?\n/, "").split(/\r?\n\r?\n/);
      const encoding = /content-transfer-encoding:\s*(\S+)/i.exec(head)?.[1]?.toLowerCase();
      return decode(encoding, rest.join("\n\n"));
    })
    .join("\n");
}

/** Waits for a mail to this address with this in its text; what the expression found. */
export async function foundInMail(email, expression) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const mail = mails().find((text) => new RegExp(`^To:.*${email}`, "im").test(text));
    const found = mail && expression.exec(textOf(mail));
    if (found) return found[0];
    await pause(50);
  }
  throw new Error(`no mail came for ${email}`);
}

/** Asks for a link to a new password, and waits for the mail that it comes in. */
export async function askForLink(email) {
  const answer = await api("POST", "/v1/users/reset", { email });
  if (answer.status !== 200) throw new Error(`the reset got ${answer.status}`);
  return foundInMail(email, /https?:\/\/\S+\/v1\/users\/reset\S*token=[\w-]+/);
}

/** Everything that was logged so far. */
export function logs() {
  const folder = join(state, "log");
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), "latin1"))
    .join("\n");
}
