import { send } from "./stack.mjs";

const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

let persons = 0;

/** The calls of one's own profile, in one spelling of their paths. */
async function visitProfile(call, root, clients) {
  const email = `vera${++persons}@example.com`;
  const created = await call("POST", root, { json: { name: "Vera", lastname: "Orlova", email } });
  const { id } = created.json;
  const headers = { "user-token": created.headers["user-token"] };
  await call("GET", `${root}/${id}`, { headers });
  await call("HEAD", `${root}/${id}`, {
    headers: { Authorization: `Bearer ${headers["user-token"]}` },
  });
  await call("PATCH", `${root}/${id}`, { json: { position: "Team lead", phone: null }, headers });
  await call("PATCH", `${root}/${id}`, { json: { photo: PIXEL }, headers });
  for (const path of clients) {
    await call("POST", root + path, { form: { push_token: "A1B2C3" }, headers });
    await call("DELETE", `${root}${path}/${id}`, { headers });
    await call("DELETE", `${root}${path}/${id}`, { headers });
  }
  return { id, email, headers };
}

async function visitRefusals(call, { id, email, headers }) {
  await call("POST", "/users", { json: { name: "Vera" } });
  await call("POST", "/users", { json: { name: "Vera", lastname: "Orlova", email } });
  await call("POST", "/users", { body: "<x/>", headers: { "Content-Type": "text/xml" } });
  await call("GET", `/users/${id}`);
  await call("GET", "/users/1", { headers });
  await call("GET", "/users/999999", { headers });
  await call("POST", "/users/clients", { json: {}, headers });
  await call("POST", "/users/auth", { json: { email, password: "not-this-one" } });
}

async function visitApp(call, { email, headers }) {
  const token = headers["user-token"];
  const profile = {
    name: "Vera",
    last_name: "Orlova",
    email,
    phone: "",
    company: "",
    position: "",
  };
  await call("POST", "/method/user/profile", { form: { token } });
  await call("POST", "/method/user/profile", { form: { token: "" } });
  await call("POST", "/method/user/edit", { form: { token, ...profile } });
  await call("POST", "/method/user/edit", { form: { token, ...profile, name: "" } });
  await call("POST", "/method/user/register_push", { form: { token, push_token: "D4E5F6" } });
  await call("POST", "/method/user/update_photo", { form: { token, photo: PIXEL } });
  await call("POST", "/method/user/auth", { form: { token: "code", secret: "s", social: "vk" } });
}

/** Every call of the dialect, and its refusals. */
export async function visitCocoaheads(call) {
  const caller = await visitProfile(call, "/users", ["/clients", "/notification"]);
  await visitProfile(call, "/user", ["/clients", "/notification"]);
  // Passwords are set in other dialects.
  const nina = { email: "nina@example.com", password: "s3cret-tea" };
  await send("timeslot", "POST", "/v1/users", { json: { username: "Nina", ...nina } });
  for (const root of ["/users", "/user"]) await call("POST", `${root}/auth`, { json: nina });
  await visitRefusals(call, caller);
  await visitApp(call, caller);
}
