import { expect } from "chai";

import { run } from "../../../localAws/live/command";
import { put } from "../../../localAws/live/images/layer";
import type { Lab } from "../lab/lab";
import { chrooted } from "../lab/root";
import type { Report } from "../support/report";

const locks = ["/var/lib/apt/lists/lock", "/var/cache/apt/archives/lock", "/var/lib/dpkg/lock-frontend"];
const heldSeconds = 8;

/**
 * Another apt that holds all locks from the start of the boot, as apt and dpkg lock. It releases one after the other
 * once the bake has begun, which creates a folder first.
 */
const holder = `#!/usr/bin/python3
import fcntl, os, subprocess, sys, time
for path in ${JSON.stringify(locks)}:
    os.makedirs(os.path.dirname(path), exist_ok=True)
held = [open(path, "w") for path in ${JSON.stringify(locks)}]
for each in held:
    fcntl.lockf(each, fcntl.LOCK_EX)
subprocess.run(["systemd-notify", "--ready"])
while not os.path.exists("/var/lib/wordpress-on-aws"):
    time.sleep(0.5)
for each in reversed(held):
    time.sleep(${heldSeconds})
    each.close()
`;
const unit = `[Unit]
Description=Another apt
DefaultDependencies=no
Before=cloud-init-local.service

[Service]
Type=notify
NotifyAccess=all
ExecStart=/usr/local/sbin/hold-locks

[Install]
WantedBy=sysinit.target
`;

/** Debian's own daily apt runs at a first boot, and may hold any of the locks for minutes. */
export async function bakeBesideAnotherApt(lab: Lab, report: Report): Promise<void> {
  await report.check("a bake waits for another apt, whichever lock it holds", async () => {
    const builder = await lab.builder(98, "waiting");
    await run(chrooted(builder.root, ["dpkg", "--purge", "--force-depends", "php8.4-zip"]));
    put(builder.root, "usr/local/sbin/hold-locks", holder, 0o755);
    put(builder.root, "etc/systemd/system/hold-locks.service", unit);
    await run(["systemctl", "--root", builder.root, "enable", "hold-locks.service"]);
    builder.boot();
    await builder.waitForPowerOff(300);
    const { console: output } = builder;
    expect(output).to.match(/wordpress-server packages: waiting: .*was locked by/);
    expect(output).to.match(/wordpress-server packages: waiting: .*lists\/lock/);
    expect(output).to.include("the image is ready; powering off");
    await builder.remove();
    return undefined;
  });
}
