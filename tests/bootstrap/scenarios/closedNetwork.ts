import { expect } from "chai";

import { addresses, site } from "../lab/addresses";
import type { Lab } from "../lab/lab";
import type { Machine } from "../lab/machine";
import { visit } from "../lab/visit";
import { runInWordPress } from "../lab/wordpress";
import type { Report } from "../support/report";

/** In milliseconds. A single request to a dropped address takes at least 3,000. */
const patience = 2_500;

/** Pages that a user opens, some of which call WordPress.org on other sites. */
const pages: readonly string[] = [
  "/wp-admin/",
  "/wp-admin/",
  "/wp-admin/edit.php",
  "/wp-admin/post-new.php",
  "/wp-admin/plugins.php",
  "/wp-admin/themes.php",
  "/wp-admin/users.php",
  "/wp-admin/options-general.php",
  "/wp-admin/site-health.php",
  "/wp-admin/site-health.php?tab=debug",
  "/wp-admin/about.php",
  "/wp-admin/admin-ajax.php?action=dashboard-widgets&widget=dashboard_primary&pagenow=dashboard",
];

/** A site whose servers have no route to the internet: names resolve, and packets are dropped. */
export async function useWithoutInternet(
  lab: Lab,
  report: Report,
  a: Machine,
  cookies: string,
): Promise<void> {
  report.section("No route to the internet");
  await report.check("names resolve, and packets are dropped, not refused", async () => {
    const name = "api.wordpress.org";
    expect(await a.run("getent", "ahostsv4", name)).to.include(addresses.internet);
    // 28: timed out. A refusal would be 7.
    const { exitCode } = await a.attempt("curl", "--silent", "--max-time", "2", `https://${name}/`);
    expect(exitCode).to.equal(28);
    return undefined;
  });
  await report.checkTime(
    "no page of the dashboard waits for another site",
    async () => {
      // Clears WordPress's caches, as on the first day.
      await lab.database.sql("DELETE FROM wordpress.wp_options WHERE option_name LIKE '%transient%'");
      const times: (readonly [string, number])[] = [];
      for (const path of pages) {
        const answer = await visit(a, path, { headers: { cookie: cookies } });
        expect([path, answer.status]).to.deep.equal([path, 200]);
        times.push([path, answer.milliseconds]);
      }
      return times;
    },
    (times) => {
      const [, first] = times;
      report.measure("first dashboard without internet", `${((times[0]?.[1] ?? 0) / 1_000).toFixed(2)} s`);
      report.measure("second dashboard without internet", `${((first?.[1] ?? 0) / 1_000).toFixed(2)} s`);
      expect(times.filter(([, milliseconds]) => milliseconds > patience)).to.deep.equal([]);
      return `${times.length} pages, the slowest ${(Math.max(...times.map(([, time]) => time)) / 1_000).toFixed(2)} s`;
    },
  );
  await report.check("WordPress offers no updates of software that the image contains", async () => {
    const answer = await visit(a, "/wp-admin/update-core.php", { headers: { cookie: cookies } });
    expect(answer.milliseconds).to.be.lessThan(patience);
    expect(answer.status).to.equal(403);
    return undefined;
  });
  await report.checkTime(
    "a comment, a link that WordPress would embed and scheduled events do not wait either",
    async () => {
      const began = performance.now();
      const posted = await visit(a, "/wp-comments-post.php", {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({
          comment_post_ID: "1",
          author: "Stranger",
          email: "stranger@example.com",
          url: "https://example.com",
          // Different for each measurement, because WordPress refuses a duplicate.
          comment: `Hello ${String(began)} https://example.com/page`,
        }).toString(),
      });
      const comment = performance.now() - began;
      expect(posted.status).to.equal(302);
      const embedding = performance.now();
      await runInWordPress(
        a,
        `wp_oembed_get('https://www.youtube.com/watch?v=dQw4w9WgXcQ');
        wp_set_current_user(1);
        wp_insert_post(['post_title' => 'Links', 'post_content' => 'See https://example.com/ and <a href="https://example.org/">that</a>', 'post_status' => 'publish']);
        wp_version_check([], true); wp_update_plugins(); wp_update_themes();`,
      );
      const embed = performance.now() - embedding;
      const working = performance.now();
      await a.run("systemctl", "start", "wordpress-cron.service");
      return { comment, embed, work: performance.now() - working };
    },
    (milliseconds) => {
      for (const [what, time] of Object.entries(milliseconds))
        expect(time, what).to.be.lessThan(patience * 2);
      return Object.entries(milliseconds)
        .map(([what, time]) => `${what} ${(time / 1_000).toFixed(2)} s`)
        .join(", ");
    },
  );
  await askItself(report, a);
}

/** WordPress's own requests to the site's address, which do not use the load balancer. */
async function askItself(report: Report, a: Machine): Promise<void> {
  await report.check("the site reaches itself only at its own address", async () => {
    const code = `
      $ask = function (string $url, array $args = []): string {
          $answer = wp_remote_get($url, $args + ['timeout' => 3]);
          return is_wp_error($answer) ? $answer->get_error_message() : wp_remote_retrieve_response_code($answer) . ' ' . strlen(wp_remote_retrieve_body($answer));
      };
      echo json_encode([
          'home' => $ask('https://${site}/'),
          'safe' => wp_remote_retrieve_response_code(wp_safe_remote_get('https://${site}/wp-json/')),
          'redirected' => $ask('https://${site}/wp-admin'),
          'not followed' => $ask('https://${site}/wp-admin', ['redirection' => 0]),
          'cron' => $ask('https://${site}/wp-cron.php?doing_wp_cron=1'),
          'plain' => $ask('http://${site}/'),
          'other port' => $ask('https://${site}:8443/'),
          'upper case' => $ask('https://${site.toUpperCase()}/'),
          'elsewhere' => $ask('https://example.com/'),
      ]);`;
    const answers = JSON.parse(await runInWordPress(a, code)) as unknown;
    expect(answers)
      .to.have.property("home")
      .that.matches(/^200 \d{4,}$/);
    expect(answers)
      .to.have.property("upper case")
      .that.matches(/^200 \d{4,}$/);
    expect(answers).to.have.property("safe", 200);
    expect(answers)
      .to.have.property("redirected")
      .that.matches(/^200 \d{4,}$/);
    expect(answers).to.have.property("not followed").that.matches(/^301 /);
    expect(answers).to.have.property("cron", "200 0");
    for (const other of ["plain", "other port"]) {
      expect(answers).to.have.property(other, `This site answers at https://${site} only.`);
    }
    expect(answers).to.have.property("elsewhere", "User has blocked requests through HTTP.");
    return undefined;
  });
}
