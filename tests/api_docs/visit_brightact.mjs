import { bootstrap } from "./stack.mjs";

const { admin_key: ADMIN, user_key: USER } = bootstrap.brightact;

function withKey(path, key = ADMIN) {
  return `${path}${path.includes("?") ? "&" : "?"}key=${key}`;
}

/** Every call of the dialect, and its refusals. */
export async function visitBrightact(call) {
  const person = {
    username: "ines@example.com",
    password: "pa ss&w+1",
    first_name: "Inès",
    last_name: "O'Hara",
  };
  const org = (await call("POST", withKey("/api/v1/org"), { form: { name: "Kite Works" } })).json
    .id;
  const id = (await call("POST", withKey("/api/v1/user"), { json: { ...person, org_id: org } }))
    .json.id;
  await call("POST", withKey("/api/v1/user"), { form: { ...person, status: "7" } });
  await call("GET", withKey(`/api/v1/user/${id}`));
  await call("HEAD", withKey(`/api/v1/user/${id}`));
  await call("GET", withKey("/api/v1/user/my", USER));
  await call("GET", "/api/v1/user/my", { headers: { "X-API-Key": USER } });
  await call("PUT", withKey(`/api/v1/user/${id}`), { form: { last_name: "Nowak", sp_num: "15" } });
  await call("GET", withKey(`/api/v1/users?org_id=${org}`));
  await call("GET", withKey("/api/v1/users"));
  await call("GET", withKey("/api/v1/orgs"));
  await call("GET", withKey(`/api/v1/org/${org}`));
  await call("PUT", withKey(`/api/v1/org/${org}`), { json: { name: "Kite Works +1" } });
  await call("GET", withKey(`/api/v1/resetUserPassword/${id}`));
  await call("POST", withKey(`/api/v1/resetUserPassword/${id}`));
  await call("HEAD", withKey(`/api/v1/resetUserPassword/${id}`));

  await call("GET", withKey(`/api/v1/user/${id}`, USER));
  await call("GET", withKey("/api/v1/user/999999"));
  await call("GET", withKey("/api/v1/user/7.xml"));
  await call("GET", withKey("/api/v1/orgs", "0".repeat(32)));
  await call("POST", withKey("/api/v1/user"), {
    body: "<x/>",
    headers: { "Content-Type": "text/xml" },
  });
  await call("POST", withKey("/api/v1/org"), {
    body: "{",
    headers: { "Content-Type": "application/json" },
  });
  await call("POST", withKey("/api/v1/org"), {
    body: "x".repeat((1 << 20) + 1),
    headers: { "Content-Type": "application/json" },
  });
  await call("DELETE", withKey(`/api/v1/user/${id}`));
  await call("GET", withKey(`/api/v1/user/${id}`));
  await call("DELETE", withKey(`/api/v1/org/${org}`));
}
