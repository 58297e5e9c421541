import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";

import { run } from "../support/command";
import { repository } from "../support/folders";
import { addresses, site } from "./addresses";
import { administrator } from "./lab";

const screenshots = join(repository, "docs/screenshots");

/** Debian's Chromium, which knows the site's name and nothing else of the internet. */
export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: await run(["which", "chromium"]),
    args: [
      "--no-sandbox",
      "--disable-dev-shm-usage",
      `--host-resolver-rules=MAP ${site} ${addresses.loadBalancer}, MAP * ~NOTFOUND`,
    ],
  });
}

/** A person's window. Every request that is not HTTPS, and every error of a script, is remembered. */
export interface Window {
  readonly page: Page;
  readonly insecure: readonly string[];
  readonly scriptErrors: readonly string[];
}

export async function openWindow(browser: Browser): Promise<Window> {
  const context = await browser.newContext({
    viewport: { width: 1_280, height: 900 },
    // The lab's own authority signs the load balancer's certificate.
    ignoreHTTPSErrors: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const insecure: string[] = [];
  const scriptErrors: string[] = [];
  page.on("request", (request) => {
    if (request.url().startsWith("http:")) insecure.push(request.url());
  });
  page.on("pageerror", (error) => scriptErrors.push(error.message));
  return { page, insecure, scriptErrors };
}

export async function logIn(page: Page): Promise<void> {
  await page.goto(`https://${site}/wp-login.php`);
  await page.fill("#user_login", administrator.username);
  await page.fill("#user_pass", administrator.password);
  await page.click("#wp-submit");
  await page.waitForSelector("#wpadminbar");
}

export async function takeScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

/** The cookies of a window, as another client sends them. */
export async function cookiesOf(page: Page): Promise<string> {
  const cookies = await page.context().cookies();
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}
