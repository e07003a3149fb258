// The page behind the mailed link of a forgotten password, as a person meets it.
// Contract: Timeslot users API, 6.10.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launchBrowser } from "./chromium.mjs";
import { api, askForLink, base, logs, newPerson, signIn } from "./stack.mjs";

let browser;

before(async () => {
  browser = await launchBrowser();
});

after(() => browser?.close());

/** Runs `visit` with a fresh page at `address`, and the answer that it came with. */
async function open(address, visit, options = {}) {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await visit(page, await page.goto(address));
  } finally {
    await context.close();
  }
}

async function fill(page, password, repeated) {
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByLabel("New password, once more").fill(repeated);
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: "Set the password" }).click();
  const response = await answered;
  await page.waitForLoadState();
  return response;
}

const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.tagName);

test("a link leads from the mail to a new password, once", async () => {
  const { email, token } = await newPerson();
  const link = await askForLink(email);

  await open(link, async (page, response) => {
    assert.equal(response.status(), 200);
    const answer = await fill(page, "new-password", "new-password");
    assert.equal(answer.status(), 200);
    assert.equal(await page.title(), "Password changed");
  });

  assert.equal((await signIn(email, "new-password")).status, 200);
  assert.equal((await signIn(email, "old-password")).status, 401);
  const old = await api("GET", "/v1/users", undefined, { Authorization: `Token token=${token}` });
  assert.equal(old.status, 401);
  await open(link, async (page, response) => {
    assert.equal(response.status(), 410);
    assert.equal(await page.title(), "This link does not work");
    assert.equal(await page.locator("form").count(), 0);
  });
});

test("a form that is open when the link ends says so", async () => {
  const { email } = await newPerson();
  const link = await askForLink(email);

  await open(link, async (late) => {
    await open(link, (page) => fill(page, "first-password", "first-password"));
    const answer = await fill(late, "second-password", "second-password");
    assert.equal(answer.status(), 410);
    assert.equal(await late.title(), "This link does not work");
  });

  assert.equal((await signIn(email, "first-password")).status, 200);
});

test("what is wrong is said beside the field, and can be put right", async () => {
  const { email } = await newPerson();

  await open(await askForLink(email), async (page) => {
    let answer = await fill(page, "new-password", "another-one");
    assert.equal(answer.status(), 422);
    assert.equal(await page.title(), "Error: Set a new password");
    assert.match(await page.getByRole("alert").innerText(), /not the same/);
    // Both are empty again, so the first one comes first.
    assert.equal(await focused(page), "password");
    const repeated = page.getByLabel("New password, once more");
    assert.equal(await repeated.getAttribute("aria-invalid"), "true");
    assert.equal(await repeated.getAttribute("aria-describedby"), "problem");
    assert.equal(await repeated.inputValue(), "");

    answer = await fill(page, "four", "four");
    assert.equal(answer.status(), 422);
    assert.match(await page.getByRole("alert").innerText(), /too short/);
    assert.equal(await focused(page), "password");
    const password = page.getByLabel("New password", { exact: true });
    assert.equal(await password.getAttribute("aria-invalid"), "true");
    assert.equal(await password.getAttribute("aria-describedby"), "problem rule");

    assert.equal((await fill(page, "x".repeat(73), "x".repeat(73))).status(), 422);
    assert.match(await page.getByRole("alert").innerText(), /too long/);
    assert.equal((await signIn(email, "old-password")).status, 200);

    assert.equal((await fill(page, "Pässwört ☂", "Pässwört ☂")).status(), 200);
  });

  assert.equal((await signIn(email, "Pässwört ☂")).status, 200);
});

test("it works without scripts", async () => {
  const { email } = await newPerson();

  await open(
    await askForLink(email),
    async (page) => {
      assert.equal((await fill(page, "new-password", "mistyped")).status(), 422);
      assert.match(await page.locator("[role=alert]").innerText(), /not the same/);
      assert.equal((await fill(page, "new-password", "new-password")).status(), 200);
      assert.equal(await page.locator("h1").innerText(), "Password changed");
    },
    { javaScriptEnabled: false },
  );

  assert.equal((await signIn(email, "new-password")).status, 200);
});

test("it can be used with the keyboard alone", async () => {
  const { email } = await newPerson();

  await open(await askForLink(email), async (page) => {
    assert.equal(await focused(page), "password");
    await page.keyboard.type("new-password");
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "repeated");
    await page.keyboard.type("new-password");
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "BUTTON");
    const outline = await page.locator("button").evaluate((e) => getComputedStyle(e).outlineWidth);
    assert.equal(outline, "3px");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => !url.search);
    assert.equal(await page.title(), "Password changed");
  });
});

/** The least contrast of a text to its ground, and of a field's border, by computed style. */
function contrasts() {
  const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [low, high] = [luminance(parts(one)), luminance(parts(other))].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((parts(colour)[3] ?? 1) > 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const shown = [...document.querySelectorAll("main *")].filter((e) => e.offsetParent);
  const texts = shown.filter((e) => e.textContent.trim() || e.matches("input"));
  return {
    text: Math.min(...texts.map((e) => ratio(getComputedStyle(e).color, ground(e)))),
    border: Math.min(
      ...shown
        .filter((e) => e.matches("input, .problem"))
        .map((e) => ratio(getComputedStyle(e).borderTopColor, ground(e.parentElement))),
      Infinity,
    ),
  };
}

/** What every state of the page has to keep. */
async function checkAccess(page, name) {
  assert.equal(await page.locator("html").getAttribute("lang"), "en", name);
  assert.notEqual(await page.title(), "", name);
  assert.equal(await page.locator("h1").count(), 1, name);
  assert.equal(await page.locator("main").count(), 1, name);
  for (const field of await page.locator("input:not([type=hidden])").all()) {
    const id = await field.getAttribute("id");
    assert.equal(await page.locator(`label[for=${id}]`).count(), 1, `${name}: label of ${id}`);
    const described = (await field.getAttribute("aria-describedby")) ?? "";
    for (const other of described.split(" ").filter(Boolean)) {
      assert.equal(await page.locator(`#${other}`).count(), 1, `${name}: ${other}`);
    }
  }
  const least = await page.evaluate(contrasts);
  assert.ok(least.text >= 4.5, `${name}: text has ${least.text}`);
  assert.ok(least.border >= 3, `${name}: border has ${least.border}`);
}

/** A phone of 320 px: nothing to scroll sideways, everything large enough for a finger. */
async function checkNarrow(page, name) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 320, `${name} is ${width} wide`);
  for (const target of await page.locator("input:not([type=hidden]), button").all()) {
    assert.ok((await target.boundingBox()).height >= 44, `${name}: a target is too small`);
  }
  await page.screenshot({ path: join(process.env.NODE_FOLDER, `${name}.png`), fullPage: true });
}

test("every state is accessible, also on a narrow screen", async () => {
  const { email } = await newPerson();
  const link = await askForLink(email);

  await open(
    link,
    async (page) => {
      await checkAccess(page, "form");
      await checkNarrow(page, "form");
      await fill(page, "new-password", "mistyped");
      await checkAccess(page, "problem");
      await checkNarrow(page, "problem");
      await fill(page, "new-password", "new-password");
      await checkAccess(page, "changed");
      await checkNarrow(page, "changed");
      await page.goto(link);
      await checkAccess(page, "refused");
      await checkNarrow(page, "refused");
    },
    { viewport: { width: 320, height: 640 } },
  );
});

test("the page keeps the secret of its link, and loads nothing", async () => {
  const { email } = await newPerson();
  const link = await askForLink(email);
  const secret = new URL(link).searchParams.get("token");
  assert.match(secret, /^[\w-]{43}$/);

  await open(link, async (page, response) => {
    const headers = response.headers();
    assert.match(headers["content-security-policy"], /^default-src 'none'; style-src 'sha256-/);
    assert.match(headers["content-security-policy"], /frame-ancestors 'none'/);
    assert.equal(headers["referrer-policy"], "no-referrer");
    assert.equal(headers["cache-control"], "no-store");
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["x-frame-options"], "DENY");
    assert.equal(headers["set-cookie"], undefined);

    const requests = [];
    page.on("request", (request) => requests.push(request));
    await fill(page, "new-password", "new-password");
    assert.equal(requests.length, 1);
    assert.ok(!requests[0].url().includes(secret));
    assert.equal((await requests[0].allHeaders()).referer, undefined);
  });

  assert.ok(!logs().includes(secret));
});

test("a page that frames it stays empty", async () => {
  const { email } = await newPerson();
  const link = await askForLink(email);

  await open("about:blank", async (page) => {
    await page.setContent(`<iframe src="${link}"></iframe>`);
    await page.waitForLoadState("networkidle");
    const shown = await Promise.all(page.frames().slice(1).map((frame) => frame.content()));
    assert.ok(!shown.join("").includes("Set a new password"));
  });
});

test("a link that nobody was sent leads to the same page as a used one", async () => {
  for (const [token, status] of [["A".repeat(43), 410], ["short", 404], ["", 404]]) {
    await open(`${base}/v1/users/reset/password?token=${token}`, async (page, response) => {
      assert.equal(response.status(), status, token);
      assert.equal(await page.title(), "This link does not work");
    });
  }
});
