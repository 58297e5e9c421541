import { expect } from "chai";

import type { Lab } from "../lab/lab";
import type { Machine } from "../lab/machine";
import { health, visit, waitForHealth } from "../lab/visit";
import { run, start, waitFor } from "../support/command";
import { logFolder } from "../support/folders";
import type { Report } from "../support/report";

const uploads = "/var/lib/wordpress/wp-content/uploads";

/** A file system that accepts to be mounted, and then never answers: FUSE without anyone behind it. */
const silentFileSystem = `
import ctypes, os, sys, time
libc = ctypes.CDLL(None, use_errno=True)
device = os.open("/dev/fuse", os.O_RDWR)
if libc.setns(os.open(f"/proc/{sys.argv[1]}/ns/mnt", os.O_RDONLY), 0) or \\
   libc.mount(b"silent", sys.argv[2].encode(), b"fuse", 0, f"fd={device},rootmode=40000,user_id=0,group_id=0".encode()):
    sys.exit(os.strerror(ctypes.get_errno()))
time.sleep(1000)
`;

/** Servers that were well and no longer are: the load balancer has to hear it. */
export async function fallSick(lab: Lab, report: Report, a: Machine, b: Machine): Promise<void> {
  report.section("Servers fall sick and get well");
  await report.check("uploads that no longer answer: unhealthy, then well again", async () => {
    const silent = start(
      ["python3", "-c", silentFileSystem, await a.initPid(), uploads],
      `${logFolder}/silent-file-system.log`,
    );
    try {
      await waitForHealth(a, 503, 30);
      await waitFor("the console tells", 10, () =>
        /uploads: \S+ did not answer within 4 s/.test(a.console) ? true : undefined,
      );
      await lab.balancer.waitForHealthy(["b"]);
    } finally {
      await a.run("umount", "--lazy", uploads);
      silent.kill();
    }
    await waitForHealth(a, 200, 30);
    return undefined;
  });
  await report.check("uploads that were unmounted: unhealthy, and PHP refuses to start", async () => {
    await b.run("umount", "--lazy", uploads);
    await waitForHealth(b, 503, 30);
    expect((await b.attempt("systemctl", "restart", "php8.4-fpm.service")).exitCode).not.to.equal(0);
    await waitFor("the console tells", 10, () =>
      /uploads: \S+ is not mounted/.test(b.console) ? true : undefined,
    );
    await b.run("systemctl", "restart", "wordpress-server.service");
    await waitForHealth(b, 200, 30);
    return undefined;
  });
  await report.check(
    "a full disk: unhealthy, with the reason on the console; well when there is room",
    async () => {
      await b.attempt("dd", "if=/dev/zero", "of=/var/tmp/full", "bs=1M");
      await waitForHealth(b, 503, 30);
      expect(b.console).to.include("disk full: less than 20 MiB free");
      await b.run("rm", "/var/tmp/full");
      await waitForHealth(b, 200, 30);
      return undefined;
    },
  );
  await report.check("a dead PHP: unhealthy", async () => {
    await b.run("systemctl", "stop", "php8.4-fpm.service");
    expect(await health(b)).to.equal(502);
    await b.run("systemctl", "start", "php8.4-fpm.service");
    await waitForHealth(b, 200, 30);
    return undefined;
  });
}

/** Steps that are cut off, repeated, or done by many at once. */
export async function repeatSteps(lab: Lab, report: Report, a: Machine, b: Machine): Promise<void> {
  report.section("Steps that are cut off or repeated");
  await report.check("configuring a configured server changes nothing and restarts nothing", async () => {
    const pids = () =>
      a.run("systemctl", "show", "--property=MainPID", "nginx.service", "php8.4-fpm.service");
    const before = await pids();
    const { output } = await a.attempt("wordpress-server", "configure");
    expect(output).not.to.include("wrote");
    expect(await pids()).to.equal(before);
    return undefined;
  });
  await report.check("a newer image upgrades the schema, once", async () => {
    await lab.database.sql(
      "UPDATE wordpress.wp_options SET option_value = 1 WHERE option_name = 'db_version'",
    );
    const said = await Promise.all([a, b].map((each) => each.attempt("wordpress-server", "configure")));
    const upgrades = said.filter(({ output }) => output.includes("upgraded the schema"));
    expect(upgrades).to.have.length(1);
    return undefined;
  });
  await report.check("scheduled work is left to the server that has the lock", async () => {
    const events = () =>
      lab.database.sql("SELECT option_value FROM wordpress.wp_options WHERE option_name = 'cron'");
    await lab.database.sql(
      `UPDATE wordpress.wp_options SET option_value = REGEXP_REPLACE(option_value, 'i:[0-9]{10};a:', 'i:1700000000;a:') WHERE option_name = 'cron'`,
    );
    const due = await events();
    const other = lab.database.sql("SELECT GET_LOCK('wordpress-cron:wordpress', 5), SLEEP(3)");
    await waitFor("the lock is taken", 5, async () =>
      (await lab.database.sql("SELECT IS_USED_LOCK('wordpress-cron:wordpress') IS NULL")) === "0"
        ? true
        : undefined,
    );
    await a.run("systemctl", "start", "wordpress-cron.service");
    expect(await events()).to.equal(due);
    await other;
    await a.run("systemctl", "start", "wordpress-cron.service");
    expect(await events()).not.to.equal(due);
    return undefined;
  });
}

/** The installing server loses its power in the middle of it. */
export async function killTheInstaller(lab: Lab, report: Report): Promise<void> {
  await report.check("an installer killed halfway: the next boot starts again and finishes", async () => {
    await lab.database.create("halfway");
    const server = await lab.server({ name: "halfway", index: 10, databaseName: "halfway" });
    server.boot();
    await waitFor("the installation is under way", 60, async () => {
      const state = await lab.database.sql("SELECT state FROM halfway.wordpress_on_aws_install");
      return state === "installing" ? true : undefined;
    });
    await server.crash();
    expect(await lab.database.sql("SELECT state FROM halfway.wordpress_on_aws_install")).to.equal(
      "installing",
    );
    server.boot();
    await waitForHealth(server, 200, 60);
    expect(server.console).to.include("an earlier installation died halfway; starting again");
    expect(await lab.database.sql("SELECT COUNT(*) FROM halfway.wp_users")).to.equal("1");
    expect((await visit(server, "/")).status).to.equal(200);
    await server.remove();
    return undefined;
  });
  await report.check("a boot that is cut off, thrice, at other moments: the fourth serves", async () => {
    await lab.database.create("cutoff");
    const server = await lab.server({ name: "cutoff", index: 11, databaseName: "cutoff" });
    const moments = [/Starting .*wordpress-server/, /wrote .*zz-size/, /uploads are in place/];
    for (const moment of moments) {
      server.boot();
      const heard = server.console.length;
      await waitFor(`its console says ${String(moment)}`, 60, () =>
        moment.test(server.console.slice(heard)) ? true : undefined,
      );
      await server.crash();
      // The first boot has written this already.
      if (moment.source.includes("zz-size"))
        await run(["rm", "-f", `${server.root}/etc/php/8.4/fpm/pool.d/zz-size.conf`]);
    }
    server.boot();
    await waitForHealth(server, 200, 60);
    expect((await visit(server, "/")).status).to.equal(200);
    await server.remove();
    return undefined;
  });
}

/** Ten sites at once, each by two servers that boot at the same moment. */
export async function bootTenPairs(lab: Lab, report: Report): Promise<void> {
  await report.check(
    "two servers boot together, 10 times over: one installation and no error, every time",
    async () => {
      for (const half of [0, 5]) {
        const pairs = await Promise.all(
          [0, 1, 2, 3, 4].map(async (each) => {
            const pair = half + each;
            const databaseName = `pair${pair}`;
            await lab.database.create(databaseName);
            return await Promise.all(
              ["x", "y"].map((name, index) =>
                lab.server({ name: `${name}${pair}`, index: 40 + 2 * pair + index, databaseName }),
              ),
            );
          }),
        );
        for (const server of pairs.flat()) server.boot();
        for (const pair of pairs) {
          await Promise.all(pair.map((server) => waitForHealth(server, 200, 120)));
          const consoles = pair.map(({ console }) => console).join("\n");
          expect(consoles.match(/install: installed/g)).to.have.length(1);
          expect(consoles.match(/install: already installed/g)).to.have.length(1);
          expect(consoles).not.to.include("FATAL");
          await Promise.all(pair.map((server) => server.remove()));
        }
      }
      return undefined;
    },
  );
}
