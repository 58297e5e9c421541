/** `npm run docs:screenshots -- URL`: pictures of a page to watch that runs, for the documents. */
import path from "node:path";

import { openChromium, openPage } from "../localAws/live/page/chromium";

const folder = path.resolve(__dirname, "../../docs/screenshots");
/** Charts and texts have settled. */
const settleMilliseconds = 3_000;

const views = [
  { name: "watch", width: 1440, height: 1180, colorScheme: "light" },
  { name: "watch-dark", width: 1440, height: 1180, colorScheme: "dark" },
  { name: "watch-phone", width: 390, height: 1400, colorScheme: "light" },
] as const;

async function main([url]: readonly string[]): Promise<void> {
  if (url === undefined)
    throw new Error("Which page? For example: npm run docs:screenshots -- http://127.0.0.1:4560/local/");
  const browser = await openChromium();
  try {
    for (const { name, ...view } of views) {
      const { page, close } = await openPage(browser, url, view);
      await page.waitForTimeout(settleMilliseconds);
      await page.screenshot({ path: path.join(folder, `${name}.png`) });
      await close();
    }
  } finally {
    await browser.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
