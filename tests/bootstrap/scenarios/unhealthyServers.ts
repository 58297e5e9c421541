import { expect } from "chai";

import { start, waitFor } from "../../../localAws/live/command";
import type { Lab } from "../lab/lab";
import type { Machine } from "../lab/machine";
import { health, waitForHealth } from "../lab/visit";
import { logFolder } from "../support/folders";
import type { Report } from "../support/report";

const uploads = "/var/lib/wordpress/wp-content/uploads";

/** A file system that can be mounted but never responds: FUSE without a server. */
const silentFileSystem = `
import ctypes, os, sys, time
libc = ctypes.CDLL(None, use_errno=True)
device = os.open("/dev/fuse", os.O_RDWR)
if libc.setns(os.open(f"/proc/{sys.argv[1]}/ns/mnt", os.O_RDONLY), 0) or \\
   libc.mount(b"silent", sys.argv[2].encode(), b"fuse", 0, f"fd={device},rootmode=40000,user_id=0,group_id=0".encode()):
    sys.exit(os.strerror(ctypes.get_errno()))
time.sleep(1000)
`;

/** Healthy servers become unhealthy: their health checks must fail, and pass again after the fix. */
export async function recoverUnhealthyServers(
  lab: Lab,
  report: Report,
  a: Machine,
  b: Machine,
): Promise<void> {
  report.section("Unhealthy servers recover");
  await Promise.all([blockUploads(lab, report, a), breakUploadsDiskAndPhp(report, b)]);
}

async function blockUploads(lab: Lab, report: Report, a: Machine): Promise<void> {
  await report.check("uploads that do not respond: unhealthy, then healthy again", async () => {
    const silent = start(
      ["python3", "-c", silentFileSystem, await a.initPid(), uploads],
      `${logFolder}/silent-file-system.log`,
    );
    try {
      await waitForHealth(a, 503, 60);
      await waitFor("the console has the reason", 60, () =>
        /uploads: \S+ did not answer within 4 s/.test(a.console) ? true : undefined,
      );
      await lab.balancer.waitUntilOut("a");
    } finally {
      await a.run("umount", "--lazy", uploads);
      silent.kill();
    }
    await waitForHealth(a, 200, 60);
    return undefined;
  });
}

async function breakUploadsDiskAndPhp(report: Report, b: Machine): Promise<void> {
  await report.check("uploads that were unmounted: unhealthy, and PHP refuses to start", async () => {
    await b.run("umount", "--lazy", uploads);
    await waitForHealth(b, 503, 60);
    expect((await b.attempt("systemctl", "restart", "php8.4-fpm.service")).exitCode).not.to.equal(0);
    await waitFor("the console has the reason", 60, () =>
      /uploads: \S+ is not mounted/.test(b.console) ? true : undefined,
    );
    // Does not wait: a start may fail, and the unit then tries again by itself.
    await b.run("systemctl", "restart", "--no-block", "wordpress-server.service");
    await waitForHealth(b, 200, 120);
    return undefined;
  });
  await report.check(
    "a full disk: unhealthy, with the reason on the console; healthy when there is space",
    async () => {
      await b.attempt("dd", "if=/dev/zero", "of=/var/tmp/full", "bs=1M");
      try {
        await waitForHealth(b, 503, 60);
        await waitFor("the console has the reason", 60, () =>
          b.console.includes("disk full: less than 20 MiB free") ? true : undefined,
        );
        const { exitCode, output } = await b.attempt("wordpress-server", "configure");
        expect(exitCode).to.equal(1);
        expect(output).to.match(/FATAL: \S+ cannot be written; is the disk full\?/);
      } finally {
        await b.run("rm", "/var/tmp/full");
      }
      expect((await b.attempt("wordpress-server", "configure")).output).not.to.include("wrote");
      await waitForHealth(b, 200, 60);
      return undefined;
    },
  );
  await report.check("PHP that was killed: unhealthy", async () => {
    await b.run("systemctl", "stop", "php8.4-fpm.service");
    expect(await health(b)).to.equal(502);
    await b.run("systemctl", "start", "php8.4-fpm.service");
    await waitForHealth(b, 200, 60);
    return undefined;
  });
}
