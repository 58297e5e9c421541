import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

/** Debian's and Ubuntu's paths. */
const paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A headless Chromium that reaches only this machine. */
export async function openChromium(): Promise<Browser> {
  const executablePath = paths.find((each) => existsSync(each));
  if (executablePath === undefined)
    throw new Error(`None of ${paths.join(", ")} exists: apt-get install chromium`);
  return await chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-dev-shm-usage",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });
}

export interface Window {
  readonly page: Page;
  /** Requests to another place than this machine, script errors, and violations of the content security policy. */
  readonly faults: readonly string[];
  readonly close: () => Promise<void>;
}

export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: "light" | "dark";
  /** For a test's own script in the page. */
  readonly bypassCSP?: boolean;
}

/** Opens the page of a stack, and waits until it shows the stack. */
export async function openPage(browser: Browser, url: string, options: WindowOptions = {}): Promise<Window> {
  const { width = 1280, height = 900, colorScheme = "light", bypassCSP = false } = options;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, bypassCSP });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const faults: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).hostname !== "127.0.0.1") faults.push(`request to ${request.url()}`);
  });
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (/Content Security Policy|TrustedHTML|TypeError/.test(message.text())) faults.push(message.text());
  });
  page.on("dialog", (dialog) => {
    faults.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url);
  await page.waitForSelector("body.ready");
  return { page, faults, close: () => context.close() };
}
