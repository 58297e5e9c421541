import { expect } from "chai";

import { databaseUser, type Lab } from "../lab/lab";
import { describeFailures, startLoad, type LoadResult } from "../lab/load";
import type { Machine } from "../lab/machine";
import { cable } from "../lab/network";
import { health, visit, waitForHealth } from "../lab/visit";
import { waitFor } from "../support/command";
import { pause } from "../support/pause";
import type { Report } from "../support/report";

const uploads = "/var/lib/wordpress/wp-content/uploads";

/** Servers come and go while visitors are at the load balancer. */
export async function loseServers(lab: Lab, report: Report, a: Machine): Promise<void> {
  report.section("Servers come and go under load");
  await lab.balancer.waitForHealthy(["a", "b"]);
  await report.check("a killed server: failures for at most 2.5 s, none after", async () => {
    const load = startLoad({ path: () => "/" });
    await pause(1_000);
    const killedAt = load.now();
    await a.crash();
    await lab.balancer.waitForHealthy(["b"]);
    await pause(2_000);
    const result = await load.stop();
    const last = Math.max(killedAt, ...result.failures.map(({ at }) => at));
    const seconds = ((last - killedAt) / 1_000).toFixed(1);
    report.measure("last failed page view after a server's power was cut", `${seconds} s`);
    expect(last - killedAt).to.be.lessThan(2_500);
    return describeFailures(result);
  });
  await report.check("it comes back with its uploads mounted, and gets visitors again", async () => {
    const began = performance.now();
    a.boot();
    await waitForHealth(a, 200, 60);
    report.measure("reboot to healthy", `${((performance.now() - began) / 1_000).toFixed(1)} s`);
    await a.run("mountpoint", "--quiet", uploads);
    await lab.balancer.waitForHealthy(["a", "b"]);
    return undefined;
  });
  await report.check("a drained and replaced server: no failure at all", async () => {
    const load = startLoad({ path: () => "/" });
    await pause(500);
    await lab.balancer.drain("a");
    await pause(1_000);
    await a.powerOff();
    a.boot();
    await waitForHealth(a, 200, 60);
    await lab.balancer.ready("a");
    await lab.balancer.waitForHealthy(["a", "b"]);
    await pause(1_000);
    const result = await load.stop();
    expect(result.failures).to.deep.equal([]);
    return describeFailures(result);
  });
}

/** The database goes away, politely and not, and comes back. */
export async function loseDatabase(lab: Lab, report: Report, a: Machine, b: Machine): Promise<void> {
  report.section("The database goes away and comes back");
  for (const server of [a, b]) await visit(server, "/");
  const outages = {
    "is stopped": [() => lab.database.stop(), () => lab.database.start()],
    "no longer answers": [() => cable("database", "down"), () => cable("database", "up")],
  } as const;
  for (const [what, [begin, end]] of Object.entries(outages)) {
    await report.check(
      `it ${what}: pages from the cache go on, no server is replaced, the deep check tells`,
      async () => {
        await begin();
        // Longer than a page is fresh: what is shown now is shown because of the outage.
        await pause(11_000);
        const load = startLoad({ path: () => "/" });
        await waitFor("the deep check tells", 15, async () =>
          (await health(a, "deep")) === 503 ? true : undefined,
        );
        await pause(2_000);
        const result = await load.stop();
        expect(result.failures).to.deep.equal([]);
        expect(await lab.balancer.healthy()).to.deep.equal(["a", "b"]);
        return describeFailures(result);
      },
    );
    await report.check("all is well when it is back", async () => {
      await end();
      await waitFor("the deep check is well", 20, async () =>
        (await health(a, "deep")) === 200 ? true : undefined,
      );
      expect((await visit(b, `/?fresh=${Date.now()}`)).status).to.equal(200);
      return undefined;
    });
  }
}

/** The password changes, as RDS rotates it, while an administrator works: pages that no cache can serve. */
export async function rotatePassword(lab: Lab, report: Report, a: Machine, cookies: string): Promise<void> {
  report.section("The database's password is rotated under load");
  const rotate = async (password: string, halfwayMs: number): Promise<LoadResult> => {
    const load = startLoad({ path: () => "/wp-admin/about.php", headers: { cookie: cookies } });
    await pause(1_000);
    await lab.database.setPassword(databaseUser, password);
    await pause(halfwayMs);
    await lab.setSecret({ username: databaseUser, password });
    await pause(3_000);
    return await load.stop();
  };
  await report.check(
    "no page view fails, though the secret follows the database a second later",
    async () => {
      const result = await rotate(`new'"$(\\`, 1_000);
      report.measure("page views during a rotation, uncached", describeFailures(result));
      expect(result.failures).to.deep.equal([]);
      return describeFailures(result);
    },
  );
  await report.check(
    "a server without visitors picks it up within a minute, the secret before the database",
    async () => {
      await lab.setSecret({ username: databaseUser, password: "idle" });
      const began = performance.now();
      await pause(1_000);
      await lab.database.setPassword(databaseUser, "idle");
      await waitFor("the new password is published", 60, async () =>
        (await a.run("cat", "/run/wordpress-on-aws/database.json")).includes("idle") ? true : undefined,
      );
      const seconds = ((performance.now() - began) / 1_000).toFixed(0);
      report.measure("rotated password in use on an idle server", `after ${seconds} s`);
      return `${seconds} s`;
    },
  );
  await report.check("no secret is in a log, on the console, in user data or on a command line", async () => {
    const everything = await a.run(
      "sh",
      "-c",
      "journalctl --no-pager --output cat; cat /var/log/cloud-init*.log /var/lib/cloud/instance/user-data.txt; ps axww",
    );
    for (const secret of [`new'"$(\\`, 'idle"', `p$a"s's`])
      expect(everything + a.console).not.to.include(secret);
    return undefined;
  });
}
