import { expect } from "chai";

import { waitFor } from "../../../localAws/live/command";
import { databaseUser, type Lab } from "../lab/lab";
import { describeFailures, noFailures, startLoad } from "../lab/load";
import type { Machine } from "../lab/machine";
import { health, visit } from "../lab/visit";
import { pause } from "../support/pause";
import type { Report } from "../support/report";

const outagePath = "/?outage";

/** Makes all cached pages an hour older: nginx stores the end of a page's freshness in its file, after a version. */
const ageCache = `
import pathlib, struct
for file in pathlib.Path("/var/cache/wordpress-pages").rglob("*"):
    if file.is_file():
        with file.open("r+b") as page:
            version, fresh_until = struct.unpack("=Qq", page.read(16))
            assert version == 5, f"unknown format of nginx's cache files: version {version}"
            page.seek(8)
            page.write(struct.pack("=q", fresh_until - 3600))
`;

/** Makes both servers cache a page that is so old that it is served only during an outage. */
async function cacheOldPages(servers: readonly Machine[]): Promise<void> {
  for (const server of servers) {
    expect((await visit(server, outagePath)).status).to.equal(200);
    await server.run("python3", "-c", ageCache);
  }
}

/** The database stops, or its network is disconnected, and it returns. */
export async function loseDatabase(lab: Lab, report: Report, a: Machine, b: Machine): Promise<void> {
  report.section("The database stops and starts again");
  const outages = {
    "is stopped": [() => lab.database.stop(), () => lab.database.start()],
    "no longer answers": [() => lab.database.cut(), () => lab.database.restore()],
  } as const;
  for (const [what, [begin, end]] of Object.entries(outages)) {
    await report.check(
      `the database ${what}: pages of an hour ago are served, no server is replaced, the deep check fails`,
      async () => {
        await cacheOldPages([a, b]);
        await begin();
        const load = startLoad({ path: outagePath });
        await waitFor("the deep check fails", 60, async () =>
          (await health(a, "deep")) === 503 ? true : undefined,
        );
        await pause(1_500);
        const words = noFailures(await load.stop());
        expect(lab.balancer.healthy()).to.deep.equal(["a", "b"]);
        return words;
      },
    );
    await report.check("everything works when the database runs again", async () => {
      await end();
      await waitFor("the deep check passes", 60, async () =>
        (await health(a, "deep")) === 200 ? true : undefined,
      );
      await waitFor("an uncached page is served", 60, async () =>
        (await visit(b, `/?fresh=${Date.now()}`)).status === 200 ? true : undefined,
      );
      return undefined;
    });
  }
}

/** The password changes as in RDS's rotation while an administrator works with pages that are never cached. */
export async function rotatePassword(lab: Lab, report: Report, cookies: string): Promise<void> {
  report.section("The database's password is rotated");
  await report.check(
    "no page view fails, although the secret changes a second after the database",
    async () => {
      const password = `new'"$(\\`;
      const load = startLoad({ path: "/wp-admin/about.php", headers: { cookie: cookies } });
      await pause(1_000);
      await lab.database.setPassword(databaseUser, password);
      await pause(1_000);
      await lab.setSecret({ username: databaseUser, password });
      await pause(2_000);
      const result = await load.stop();
      report.measure("page views during a rotation, uncached", describeFailures(result));
      return noFailures(result);
    },
  );
}

/** Rotates the password again, without visitors. @returns a function that waits until the server uses it */
export async function rotateWithoutVisitors(
  lab: Lab,
  report: Report,
  a: Machine,
): Promise<() => Promise<void>> {
  await lab.setSecret({ username: databaseUser, password: "idle" });
  const began = performance.now();
  await pause(1_000);
  await lab.database.setPassword(databaseUser, "idle");
  return async () => {
    await report.checkTime(
      "a server without visitors uses the new password within a minute; the secret changes before the database",
      async () => {
        await waitFor("the new password is published", 300, async () =>
          (await a.run("cat", "/run/wordpress-on-aws/database.json")).includes("idle") ? true : undefined,
        );
        return (performance.now() - began) / 1_000;
      },
      (seconds) => {
        report.measure("rotated password in use on an idle server", `after ${seconds.toFixed(0)} s`);
        expect(seconds).to.be.lessThan(60);
        return `${seconds.toFixed(0)} s`;
      },
    );
    await report.check(
      "no secret is in a log, on the console, in user data or on a command line",
      async () => {
        const everything = await a.run(
          "sh",
          "-c",
          "journalctl --no-pager --output cat; cat /var/log/cloud-init*.log /var/lib/cloud/instance/user-data.txt; ps axww",
        );
        for (const secret of [`new'"$(\\`, 'idle"', `p$a"s's`])
          expect(everything + a.console).not.to.include(secret);
        return undefined;
      },
    );
  };
}
