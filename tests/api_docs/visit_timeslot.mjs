import { foundInMail } from "../browser/stack.mjs";

const PASSWORD = "s3cret-tea";
const PAGE = "/v1/users/reset/password";

async function signUp(call, username, email) {
  const { json } = await call("POST", "/v1/users", {
    json: { username, email, password: PASSWORD },
  });
  return { ...json, headers: { Authorization: `Token token=${json.authToken}` } };
}

async function visitForgottenPassword(call, email) {
  await call("POST", "/v1/users/reset", { form: { email } });
  await call("POST", "/v1/users/reset", { json: { email: "nobody@example.com" } });
  const token = await foundInMail(email, /(?<=\/v1\/users\/reset\S*token=)[\w-]+/);
  await call("GET", `${PAGE}?token=${token}`);
  await call("POST", PAGE, { form: { token, password: "another-tea", repeated: "a-third-tea" } });
  await call("POST", PAGE, { form: { token, password: "another-tea", repeated: "another-tea" } });
  await call("GET", `${PAGE}?token=${token}`);
  await call("GET", `${PAGE}?token=none`);
}

async function visitRefusals(call, { id, email, headers }) {
  await call("POST", "/v1/users", { json: { username: "Mira", email, password: "x" } });
  await call("POST", "/v1/users", { json: {} });
  await call("POST", "/v1/users", { body: "{", headers: { "Content-Type": "application/json" } });
  await call("POST", "/v1/users", {
    body: "x".repeat((64 << 10) + 1),
    headers: { "Content-Type": "application/json" },
  });
  await call("POST", "/v1/users/signin", { json: { email, password: "not-this-one" } });
  await call("GET", `/v1/users/${id}`);
  await call("GET", "/v1/users/999999", { headers });
  await call("PATCH", "/v1/users", { json: { push: false } });
  await call("PATCH", "/v1/users", {
    json: { password: "a-new-tea", old_password: "not-this-one" },
    headers,
  });
  await call("PATCH", "/v1/users", { json: { defaultGroupAlerts: "x" }, headers });
  await call("POST", "/v1/users/add_friends", { json: { ids: [999999] }, headers });
}

/** Every call of the dialect, and its refusals. */
export async function visitTimeslot(call) {
  const mira = await signUp(call, "Mira Falk", "mira.falk@example.com");
  const jonas = await signUp(call, "Jonas", "jonas@example.com");
  const { headers } = mira;
  await call("POST", "/v1/users/signin", { form: { email: jonas.email, password: PASSWORD } });
  await call("GET", "/v1/media-signature");
  await call("PATCH", "/v1/users", {
    json: { image: { publicId: "v1431000012/k7rmq2wd0xpc9vtz1hbn.jpg" } },
    headers,
  });
  await call("PATCH", "/v1/users", {
    json: { push: false, defaultPrivateAlerts: "0111011100" },
    headers,
  });
  await call("POST", "/v1/users/add_friends", { json: { ids: [jonas.id] }, headers });
  const read = await call("GET", `/v1/users/${mira.id}`, { headers });
  await call("GET", `/v1/users/${mira.id}`, {
    headers: { ...headers, "If-None-Match": read.headers.etag },
  });
  await call("HEAD", `/v1/users/${jonas.id}`, { headers });
  await call("GET", `/v1/users/${jonas.id}`, { headers });
  await call("GET", "/v1/users?limit=1&after=1", { headers });
  await call("POST", "/v1/users/remove_friends", { json: { ids: [jonas.id] }, headers });
  await call("GET", `/v1/users/${mira.id}/slots`, { headers });
  await call("GET", "/v1/users/friendslots", { headers });
  await visitForgottenPassword(call, jonas.email);
  await visitRefusals(call, mira);

  const paul = await signUp(call, "Paul", "paul@example.com");
  await call("DELETE", "/v1/users", { headers: paul.headers });
  await call("GET", "/v1/users/signout", { headers });
  await call("GET", "/v1/users/signout", { headers });
}
