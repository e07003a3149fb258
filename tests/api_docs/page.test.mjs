// The page that shows the descriptions, as a person meets it in a browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser } from "../browser/chromium.mjs";
import { bootstrap } from "./stack.mjs";

const ORIGIN = bootstrap.http;
const SHOWN = [
  {
    api: "cscart",
    link: "CS-Cart",
    title: "CS-Cart dialect",
    operation: "Create a user",
    path: "/users",
  },
  {
    api: "bedita",
    link: "BEdita",
    title: "BEdita dialect",
    operation: "List users",
    path: "/users",
  },
  {
    api: "brightact",
    link: "BrightAct",
    title: "BrightAct dialect",
    operation: "List the organisations",
    path: "/api/v1/orgs",
  },
  {
    api: "cocoaheads",
    link: "CocoaHeads",
    title: "CocoaHeads dialect",
    operation: "Register a device",
    path: "/users/clients",
  },
  {
    api: "timeslot",
    link: "Timeslot",
    title: "Timeslot dialect",
    operation: "Sign up",
    path: "/v1/users",
  },
];
let browser;

before(async () => {
  browser = await launchBrowser();
});

after(() => browser?.close());

/** Runs `visit` with a fresh page, whose complaints and foreign requests it collects. */
async function open(address, visit, options = {}) {
  const context = await browser.newContext(options);
  const troubles = [];
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) troubles.push(message.text());
    });
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("requestfailed", (request) => troubles.push(`failed: ${request.url()}`));
    context.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== ORIGIN && protocol !== "data:") troubles.push(`foreign: ${request.url()}`);
    });
    await page.goto(ORIGIN + address);
    await visit(page);
    assert.deepEqual(troubles, []);
  } finally {
    await context.close();
  }
}

const title = (page, text) => page.getByRole("heading", { level: 1, name: text });

test("the switch leads from each description to the next, and to its file", async () => {
  await open("/api-docs/", async (page) => {
    for (const { api, link, title: text, operation, path } of SHOWN) {
      await page
        .getByRole("navigation", { name: "Dialects" })
        .getByRole("link", { name: link })
        .click();
      await title(page, text).waitFor();
      await page.locator("h2", { hasText: operation }).first().waitFor();
      assert(await page.getByText(path, { exact: true }).count(), `${path} is not shown`);
      assert.equal(new URL(page.url()).search, `?api=${api}`);
      assert.equal(await page.title(), `${text} – rosterd`);
      assert.equal(await page.locator("nav a[aria-current=page]").innerText(), link);

      const file = await page.getByRole("link", { name: "OpenAPI file" }).getAttribute("href");
      const answer = await page.request.get(new URL(file, page.url()).href);
      assert.equal(file, `${api}.yaml`);
      assert.equal(answer.headers()["content-type"], "application/yaml");
      assert.match(await answer.text(), /^openapi: 3\.1\.0\n/);
    }
  });
});

test("an address leads to an operation, and the search finds another one", async () => {
  await open("/api-docs/?api=timeslot#operation/signOut", async (page) => {
    await page.locator("h2", { hasText: "Sign out" }).waitFor();
    await page.getByPlaceholder("Search").fill("friendship");
    await page.getByRole("menuitem").getByText("Ask for friendship").first().waitFor();
  });
});

test("a small screen scrolls in one direction", async () => {
  const visit = async (page) => {
    await title(page, "BrightAct dialect").waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert(width <= 390, `the page is ${width} pixels wide`);
  };
  await open("/api-docs/?api=brightact", visit, { viewport: { width: 390, height: 844 } });
});

test("without JavaScript the page leads to the files", async () => {
  const visit = async (page) => {
    await page.getByText("They are OpenAPI files, too").waitFor();
    assert.equal(await page.locator("#note a[href$='.yaml']").count(), 5);
  };
  await open("/api-docs/", visit, { javaScriptEnabled: false });
});
