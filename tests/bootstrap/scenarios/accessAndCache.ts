import { expect } from "chai";

import { addresses } from "../lab/addresses";
import type { Machine } from "../lab/machine";
import { health, visit } from "../lab/visit";
import type { Report } from "../support/report";

/** Denied paths and open ports, and the visitors for whom the page cache applies. */
export async function checkAccessAndCache(report: Report, a: Machine, cookies: string): Promise<void> {
  report.section("Denied paths, and the page cache");
  await report.check("denied paths are denied", async () => {
    const paths: Readonly<Record<string, number>> = {
      "/wp-config.php": 404,
      "/readme.html": 404,
      "/wp-admin/install.php": 404,
      "/wp-admin/setup-config.php": 404,
      "/.htaccess": 404,
      "/xmlrpc.php": 403,
      "/wp-cron.php": 403,
      "/wp-content/uploads/x.php": 403,
      "/wp-content/db.php": 403,
    };
    for (const [path, status] of Object.entries(paths)) {
      const answer = await visit(a, path);
      expect([path, answer.status]).to.deep.equal([path, status]);
      expect(answer.text).not.to.include("<?php");
    }
    return `${Object.keys(paths).length} paths`;
  });
  await report.check("only HTTP and SSH listen on the network, and no unit has failed", async () => {
    const listening = await a.run("ss", "-Hlntu");
    const open = listening.split("\n").map((line) => line.trim().split(/\s+/)[4] ?? "");
    const ports = open.filter((each) => !each.startsWith("127.")).map((each) => each.split(":").at(-1));
    expect([...new Set(ports)].sort()).to.deep.equal(["22", "80"]);
    expect(await a.run("systemctl", "--failed", "--no-legend")).to.equal("");
    return undefined;
  });
  await report.check("both health checks pass, and return only ok", async () => {
    expect(await health(a)).to.equal(200);
    expect(await health(a, "deep")).to.equal(200);
    expect((await visit(a, "/healthz/deep")).text).to.equal("ok\n");
    return undefined;
  });
  await report.check(
    "the log has the visitor's address, not the load balancer's or a forged one",
    async () => {
      await visit("balancer", "/?who-am-i", { headers: { "x-forwarded-for": "203.0.113.66" } });
      await visit(a, "/?who-am-i");
      const lines = (await a.run("cat", "/var/log/nginx/access.log")).split("\n");
      const mine = lines.filter((line) => line.includes("who-am-i")).map((line) => line.split(" ")[0]);
      expect([...new Set(mine)]).to.deep.equal([addresses.visitor]);
      return undefined;
    },
  );
  await pageCache(report, a, cookies);
}

async function pageCache(report: Report, a: Machine, cookies: string): Promise<void> {
  const shown = async (headers: Readonly<Record<string, string>>, method: "GET" | "POST" = "GET") => {
    const answer = await visit(a, "/", { headers, method });
    return answer.headers["x-page-cache"];
  };
  await report.check("an anonymous visitor's page is served from the cache", async () => {
    await shown({});
    // On a slow machine it may be older than its 10 s of freshness, and shown while a new one is rendered.
    const fromTheCache = ["HIT", "STALE", "UPDATING"];
    expect(await shown({})).to.be.oneOf(fromTheCache);
    expect(await shown({ cookie: "theme=dark" })).to.be.oneOf(fromTheCache);
    return undefined;
  });
  await report.check(
    "the cache is bypassed for visitors who are signed in, have commented, entered a post's password, or send a form",
    async () => {
      expect(await shown({ cookie: cookies })).to.equal("BYPASS");
      expect(await shown({ cookie: "comment_author_0123=Ann" })).to.equal("BYPASS");
      expect(await shown({ cookie: "wp-postpass_0123=x" })).to.equal("BYPASS");
      expect(await shown({ authorization: "Basic YTpi" })).to.equal("BYPASS");
      expect(await shown({}, "POST")).to.be.oneOf(["BYPASS", "MISS", undefined]);
      expect((await visit(a, "/", { headers: { cookie: cookies } })).text).to.include('id="wpadminbar"');
      expect((await visit(a, "/")).text).not.to.include('id="wpadminbar"');
      return undefined;
    },
  );
}
