// The browser of the tests: Debian's Chromium, driven by playwright-core from NODE_FOLDER.
import { createRequire } from "node:module";

const { chromium } = createRequire(process.env.NODE_FOLDER + "/")("playwright-core");

/** Starts it without a window; the caller closes it. */
export function launchBrowser() {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox", // Chromium refuses to start as root with it
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}
