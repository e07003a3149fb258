import { bootstrap } from "./stack.mjs";

const { email: EMAIL, api_key: KEY, company_id: STORE } = bootstrap.cscart;
const AUTHORIZATION = `Basic ${Buffer.from(`${EMAIL}:${KEY}`).toString("base64")}`;

let customers = 0;

/** The calls of users and their groups, for everybody or inside of a company. */
async function visitUsers(call, mount, gid) {
  const email = `lena${++customers}@example.com`;
  const fields = {
    email,
    user_type: "C",
    company_id: STORE,
    firstname: "Lena",
    b_city: "Tula",
    password: "s3cret-tea",
  };
  const users = `${mount}/users`;
  const user = `${users}/${(await call("POST", users, { json: fields })).json.user_id}`;
  const list = await call(
    "GET",
    `${users}?user_type=C&name=lena&user_types[]=C&items_per_page=2&sort_by=id`,
  );
  await call("GET", `${users}?user_type=C&name=lena&user_types[]=C&items_per_page=2&sort_by=id`, {
    headers: { "If-None-Match": list.headers.etag },
  });
  await call("HEAD", users);
  await call("GET", user);
  await call("GET", `${user}?extended=Y`);
  await call("PUT", user, { form: { status: "D" } });
  await call("PUT", user, { json: { s_city: "Orel", status: "A" } });
  await call("PUT", user, { json: { email: EMAIL } });
  await call("POST", users, { json: { firstname: "Lena" } });
  await call("GET", `${user}0000`);

  const groups = `${user}/usergroups`;
  await call("PUT", `${groups}/${gid}`, { json: { status: "A" } });
  await call("GET", groups);
  await call("GET", `${user}?full=Y`);
  await call("POST", groups);
  await call("GET", `${groups}/${gid}`);
  await call("POST", `${groups}/${gid}`);
  await call("DELETE", `${groups}/${gid}`);
  return { user, email };
}

async function visitGroups(call) {
  const fields = { usergroup: "Support", type: "A", status: "A", privileges: ["view_users"] };
  const staff = `/usergroups/${(await call("POST", "/usergroups", { json: fields })).json.usergroup_id}`;
  await call("GET", "/usergroups?type=A");
  await call("GET", staff);
  await call("PUT", staff, { form: { usergroup: "Support", type: "A", status: "H" } });
  await call("DELETE", staff);
  return (
    await call("POST", "/usergroups", { json: { usergroup: "Wholesale", type: "C", status: "A" } })
  ).json.usergroup_id;
}

async function visitSignIn(call, email) {
  await call("POST", "/auth", { json: { email } });
  await call("POST", "/auth", { json: { email, notify: true } });
  await call("POST", "/auth", { json: { email: "nobody@example.com" } });
  await call("POST", "/auth_tokens", { form: { email, password: "s3cret-tea" } });
  await call("POST", "/auth_tokens", { json: { email } });
}

async function visitByQuery(call, email) {
  const fields = { email: `by-query-${email}`, user_type: "C", company_id: STORE };
  const path = "/api.php?_d=2.0/users";
  const { user_id: id } = (await call("POST", path, { json: fields, server: "" })).json;
  await call("GET", `${path}/${id}`, { server: "" });
  await call("PUT", `${path}/${id}`, { json: { status: "D" }, server: "" });
  await call("DELETE", `${path}/${id}`, { server: "" });
}

/** Every call of the dialect, and its refusals. */
export async function visitCscart(plainCall) {
  const call = (method, path, options = {}) =>
    plainCall(method, path, {
      server: "/api/2.0",
      ...options,
      headers: { Authorization: AUTHORIZATION, ...options.headers },
    });
  const gid = await visitGroups(call);
  const { user, email } = await visitUsers(call, "", gid);
  for (const mount of [`/stores/${STORE}`, `/vendors/${STORE}`]) {
    const { user: member } = await visitUsers(call, mount, gid);
    await call("DELETE", member);
  }
  await visitSignIn(call, email);
  await visitByQuery(call, email);

  for (const path of [
    "/stores",
    `/stores/${STORE}`,
    "/vendors",
    `/vendors/${STORE}`,
    "/version",
    "/versions",
  ]) {
    await call("GET", path);
  }
  await call("GET", "/?version=True", { server: "/api" });
  await call("GET", "/users", { server: "/api/1.0" });
  await call("GET", user, { server: "/api" });
  await call("GET", user, { headers: { Accept: "text/plain" } });
  await call("GET", user, { headers: { Accept: "application/xml" } });
  await call("GET", user, { headers: { Authorization: "Basic eDp5" } });
  await call("POST", "/users", { body: "<x/>", headers: { "Content-Type": "text/xml" } });
  await call("POST", "/users", {
    body: "x".repeat((1 << 20) + 1),
    headers: { "Content-Type": "application/json" },
  });
  await call("DELETE", "/users/1");
  await call("DELETE", user);
}
