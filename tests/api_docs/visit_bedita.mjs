import { foundInMail } from "../browser/stack.mjs";
import { bootstrap } from "./stack.mjs";

const { api_key: KEY, username: ADMIN, password: ADMIN_PASSWORD } = bootstrap.bedita;
const PASSWORD = "4 long Pass phrase";
const SITE = "http://bedita.localhost";
const UUID = /(?<=uuid=)[0-9a-f-]{36}/;

const document = (type, attributes, id) => ({ json: { data: { type, id, attributes } } });
const links = (type, id) => ({ json: { data: [{ type, id }] } });

async function visitUsers(call) {
  const attributes = {
    username: "johndoe",
    password: PASSWORD,
    email: "john@example.com",
    status: "on",
  };
  const { id } = (await call("POST", "/users", document("users", attributes))).json.data;
  await call("POST", "/users", document("users", { username: "johndoe" }));
  await call("POST", "/users", document("roles", { name: "x" }));
  await call("GET", "/users?page_size=1&fields=username,name&filter[status]=on&sort=-id");
  await call("GET", "/users?q=john&include=roles");
  await call("HEAD", "/users");
  await call("GET", "/users/johndoe");
  await call("GET", "/users/999999");
  await call("GET", `/users/${id}`, { headers: { Accept: "application/json" } });
  await call("GET", `/users/${id}`, { headers: { Accept: "text/html" } });
  await call("PATCH", `/users/${id}`, document("users", { name: "Johnny", surname: "Doe" }, id));
  await call("PATCH", `/users/${id}`, document("users", { name: "Johnny" }, "1"));
  return id;
}

async function visitRoles(call) {
  const { id } = (
    await call("POST", "/roles", document("roles", { name: "editor", description: "may edit" }))
  ).json.data;
  await call("GET", "/roles");
  await call("GET", "/roles/admin?include=users");
  await call("PATCH", `/roles/${id}`, document("roles", { description: "may edit pages" }, id));
  return id;
}

/** From one side, and then the relationships that are not there. */
async function visitLinks(call, parent, type, id) {
  const path = `${parent}/relationships/${type}`;
  for (const method of ["POST", "POST", "PATCH"]) await call(method, path, links(type, id));
  await call("GET", `${parent}/${type}`);
  await call("GET", path);
  await call("DELETE", path, links(type, id));
  await call("POST", path, links(type, "999999"));
  await call("GET", `${parent}/parents`);
  for (const method of ["GET", "POST", "PATCH", "DELETE"]) {
    await call(
      method,
      `${parent}/relationships/parents`,
      method === "GET" ? {} : { json: { data: [] } },
    );
  }
}

async function visitTrash(call, id) {
  await call("DELETE", `/users/${id}`);
  await call("GET", "/trash");
  await call("GET", `/trash/${id}`);
  await call("PATCH", `/trash/${id}`, document("objects", undefined, id));
  await call("DELETE", "/users");
  await call("DELETE", `/users?ids=${id}`);
  await call("DELETE", `/trash/${id}`);
  await call("DELETE", "/users/1");
  await call("DELETE", `/trash?ids=${id}`);
}

async function visitService(call) {
  for (const path of ["/", "/home", "/status", "/model/schema/roles", "/model/schema/objects"])
    await call("GET", path);
  const schema = await call("GET", "/model/schema/users");
  await call("GET", "/model/schema/users", { headers: { "If-None-Match": schema.headers.etag } });
  await call("GET", "/model/object_types");
  await call("GET", "/model/object_types/users");
  for (const name of ["relations", "properties", "categories", "tags"])
    await call("GET", `/model/${name}`);
  for (const path of ["/config", "/history", "/streams"]) await call("GET", path);
}

async function visitAccounts(call) {
  const jane = { username: "jane", password: PASSWORD, email: "jane@example.com" };
  await call("POST", "/signup", { json: { ...jane, activation_url: `${SITE}/activate` } });
  await call("POST", "/signup", { json: { username: "jane" } });
  const uuid = await foundInMail(jane.email, UUID);
  await call("POST", "/signup/activation", { json: { uuid } });
  await call("POST", "/signup/activation", { json: { uuid } });

  const other = (
    await call("POST", "/signup", {
      form: {
        username: "joan",
        password: PASSWORD,
        email: "joan@example.com",
        activation_url: `${SITE}/activate`,
      },
    })
  ).json.data;
  await call("POST", "/signup/activation", {
    json: { uuid: await foundInMail("joan@example.com", UUID) },
  });
  return { jane, other };
}

async function visitPasswordChange(call, admin, id) {
  // One whom no mail has reached yet.
  const kim = { username: "kim", password: PASSWORD, email: "kim@example.com", status: "on" };
  await admin("POST", "/users", document("users", kim));
  await call("POST", "/auth/change", { json: { contact: kim.email, change_url: `${SITE}/reset` } });
  await call("POST", "/auth/change", { json: {} });
  const uuid = await foundInMail(kim.email, UUID);
  await call("PATCH", "/auth/change", {
    json: { uuid, password: "an even longer one", login: true },
  });
  await call("PATCH", "/auth/change", { json: { uuid, password: "an even longer one" } });
}

async function visitOneself(call, { jane }) {
  const asked = { grant_type: "password", username: jane.username, password: jane.password };
  const { jwt, renew } = (await call("POST", "/auth", { json: asked })).json.meta;
  await call("POST", "/auth", { json: { ...asked, password: "not-this-one" } });
  await call("POST", "/auth", {
    json: { grant_type: "refresh_token" },
    headers: { Authorization: `Bearer ${renew}` },
  });
  const headers = { Authorization: `Bearer ${jwt}` };
  await call("GET", "/auth", { headers });
  await call("GET", "/auth/user", { headers });
  await call("GET", "/auth/user");
  await call("PATCH", "/auth/user", { json: { name: "Jane" }, headers });
  await call("POST", "/users", { ...document("users", { username: "x" }), headers });
  await call("POST", "/users", document("users", { username: "x" }));
  await call("POST", "/auth/optout", { form: asked });
}

/** Every call of the dialect, and its refusals. */
export async function visitBedita(plainCall) {
  const withHeaders =
    (more) =>
    (method, path, options = {}) =>
      plainCall(method, path, { ...options, headers: { ...more, ...options.headers } });
  const call = withHeaders({ "X-Api-Key": KEY });
  const tokens = (
    await call("POST", "/auth", { json: { username: ADMIN, password: ADMIN_PASSWORD } })
  ).json.meta;
  const admin = withHeaders({ "X-Api-Key": KEY, Authorization: `Bearer ${tokens.jwt}` });

  const user = await visitUsers(admin);
  const role = await visitRoles(admin);
  await visitLinks(admin, `/users/${user}`, "roles", role);
  await visitLinks(admin, `/roles/${role}`, "users", user);
  await visitTrash(admin, user);
  await admin("DELETE", `/roles/${role}`);
  await admin("DELETE", `/roles?ids=${role}`);
  await visitService(call);
  await visitPasswordChange(call, admin);
  await visitOneself(call, await visitAccounts(call));

  await plainCall("GET", "/users");
  await call("POST", "/users", { body: "<x/>", headers: { "Content-Type": "text/xml" } });
  await call("POST", "/auth", { body: "{", headers: { "Content-Type": "application/json" } });
  await call("POST", "/signup", {
    body: "x".repeat((1 << 20) + 1),
    headers: { "Content-Type": "application/json" },
  });
}
