import { expect } from "chai";
import { z } from "zod";

import { site } from "../lab/addresses";
import { logIn, openBrowser, openWindow, takeScreenshot } from "../lab/browser";
import type { Lab } from "../lab/lab";
import type { Machine } from "../lab/machine";
import { runInWordPress } from "../lab/wordpress";
import type { Report } from "../support/report";

const found = z.array(z.strictObject({ status: z.string(), label: z.string() }));

/** The page Tools, Site Health, as a user sees it: a browser runs all of WordPress's own tests. */
export async function checkSiteHealth(lab: Lab, report: Report, a: Machine): Promise<void> {
  report.section("Site Health, by WordPress's own tests");
  await lab.balancer.waitForHealthy(["a", "b"]);
  const browser = await openBrowser();
  try {
    const { page } = await openWindow(browser);
    await report.check("no critical issue; every recommendation is correct and useful", async () => {
      await logIn(page);
      await page.goto(`https://${site}/wp-admin/site-health.php`);
      await page.waitForFunction(
        "!document.querySelector('.site-health-progress-wrapper').classList.contains('loading') && document.querySelector('.site-status-has-issues, .site-status-all-clear') && !document.querySelector('.site-health-progress-label').textContent.includes('Results are still loading')",
      );
      await takeScreenshot(page, "site-health");
      const shown = found.parse(
        await page.evaluate(`["critical", "recommended", "good"].flatMap((status) =>
          [...document.querySelectorAll("#health-check-" + (status === "good" ? "site-status-good" : "site-status-" + status) + " .health-check-accordion-heading .title")]
            .map((title) => ({ status, label: title.textContent.trim() })))`),
      );
      const labels = (status: string) =>
        shown.filter((each) => each.status === status).map(({ label }) => label);
      expect(labels("critical").join("; ")).to.equal("");
      expect(labels("recommended").join("; ")).to.equal("This site cannot send e-mail.");
      const good = labels("good");
      for (const label of [
        "Your site can perform loopback requests",
        "The REST API is available",
        "Scheduled events are running",
        "The Authorization header is working as expected",
        "Page cache is detected and the server response time is good",
        "Your website is using an active HTTPS connection",
        "Software comes with the servers' image",
        "Files can be uploaded",
      ]) {
        expect(good).to.include(label);
      }
      return `${good.length} good, ${labels("recommended").length} recommended`;
    });
  } finally {
    await browser.close();
  }
  await report.check("its weekly scheduled check has the same result", async () => {
    const counts = await runInWordPress(
      a,
      `require_once ABSPATH . 'wp-admin/includes/class-wp-site-health.php';
      WP_Site_Health::get_instance()->wp_cron_scheduled_check();
      echo get_transient('health-check-site-status-result');`,
    );
    expect(JSON.parse(counts)).to.include({ critical: 0, recommended: 1 });
    return counts;
  });
}
