import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";

import { run } from "../../../localAws/live/command";
import { labFolder, screenshotFolder } from "../support/folders";
import { addresses, site, vpcId } from "./addresses";
import { administrator } from "./administrator";
import { interfaceAt } from "./place";
import type { LabRegion } from "./region";

const name = "browser";

/**
 * The browser's network interface, created long before Chromium starts, and without IPv6. Chromium aborts page loads
 * when an interface appears, disappears or changes its address. The machines' interfaces do so often, and IPv6
 * addresses change some seconds later.
 */
export async function makeBrowserNetwork({ network }: LabRegion): Promise<void> {
  await network.attach(name, vpcId, [interfaceAt(addresses.browser)]);
  await run(["ip", "netns", "exec", name, "sysctl", "--quiet", "net.ipv6.conf.all.disable_ipv6=1"]);
}

/** Debian's Chromium, which can resolve only the site's name. */
export async function openBrowser(): Promise<Browser> {
  const program = join(labFolder, "chromium");
  const chromiumPath = await run(["which", "chromium"]);
  writeFileSync(program, `#!/bin/sh\nexec nsenter --net=/run/netns/${name} ${chromiumPath} "$@"\n`);
  chmodSync(program, 0o755);
  return await chromium.launch({
    executablePath: program,
    args: [
      "--no-sandbox",
      "--disable-dev-shm-usage",
      `--host-resolver-rules=MAP ${site} ${addresses.loadBalancer}, MAP * ~NOTFOUND`,
    ],
  });
}

/** A user's window. It records every request without HTTPS and every script error. */
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
  page.setDefaultTimeout(45_000);
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
  await page.screenshot({ path: join(screenshotFolder, `${name}.png`) });
}

/** The cookies of a window, as another client sends them. */
export async function cookiesOf(page: Page): Promise<string> {
  const cookies = await page.context().cookies();
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}
