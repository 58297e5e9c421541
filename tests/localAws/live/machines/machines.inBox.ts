import { expect } from "chai";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { renderBuilderUserData } from "../../../../components/wordpressFleet/builderUserData";
import type { Image, Instance } from "../../../../localAws/live/world";
import { networkInterface } from "../network/support/worlds";
import { MachinesLab } from "./support/lab";
import { debianArm, instance, userData, worldWith } from "./support/worlds";

const golden: Image = {
  id: "ami-0901d",
  name: "golden",
  state: "available",
  architecture: "x86_64",
  sourceInstanceId: "i-00b1",
};
const builder = instance({
  id: "i-00b1",
  userData: renderBuilderUserData(),
  interfaces: [networkInterface("subnet-a", "10.0.0.9", ["sg-web"])],
});
const server = instance({
  id: "i-00a1",
  imageId: golden.id,
  userData: userData("#!/bin/sh\necho first boot >>/root/boots\n"),
  role: {
    name: "servers",
    arn: "arn:aws:iam::111111111111:role/servers",
    profileArn: "arn:aws:iam::111111111111:instance-profile/p",
  },
});

/** Other work on this machine may slow a bake down. */
const patienceSeconds = 300;

describe("the machines of a live region", function () {
  this.timeout(patienceSeconds * 1_000);
  const folder = mkdtempSync(path.join(tmpdir(), "live-machines-"));
  let lab: MachinesLab;

  before(async () => {
    lab = await MachinesLab.open(folder);
  });

  after(async () => {
    await lab.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function reach(instances: readonly Instance[], images: readonly Image[] = [golden]): Promise<void> {
    await lab.reach(worldWith(instances, images));
  }

  async function setServer(rest: Partial<Instance>): Promise<void> {
    await reach([{ ...server, ...rest }]);
  }

  it("bake an image as on AWS: the builder ends itself, and its disk becomes the image", async () => {
    const began = Date.now();
    await reach([builder], []);
    await lab.reported({ kind: "instance", id: builder.id, state: "running" });
    await lab.reported(
      { kind: "instance", id: builder.id, state: "stopped", byItself: true },
      patienceSeconds,
    );
    console.log(`    a bake over the packages image: ${((Date.now() - began) / 1_000).toFixed(1)} s`);
    expect(lab.consoleOf(builder.id)).to.include("wordpress-server self-test: passed");
    await reach([{ ...builder, state: "stopped" }], [{ ...golden, state: "pending" }]);
    await lab.reported({ kind: "image", id: golden.id, state: "available" });
    await reach([{ ...builder, state: "shutting-down" }]);
    await lab.reported({ kind: "instance", id: builder.id, state: "terminated" });
    expect(existsSync(path.join(folder, "disks", builder.id))).to.equal(false);
  });

  it("boot from it with their own identity, resolver, authority and metadata", async () => {
    const began = Date.now();
    await setServer({});
    await lab.booted(server.id);
    console.log(`    status check ok after ${((Date.now() - began) / 1_000).toFixed(1)} s`);
    const read = async (command: string) => await lab.run(server.id, command);
    expect(await read("hostname")).to.equal("ip-10-0-0-5");
    expect(await read("cat /etc/resolv.conf")).to.equal("nameserver 10.0.0.2\nsearch ec2.internal");
    expect(await read("cat /etc/ssl/certs/ca-certificates.crt")).to.include(lab.authority.trim());
    expect(await read("ls /usr/local/lib/wordpress-on-aws")).to.include("packages.txt");
    const curl = "curl --silent --show-error --fail --max-time 5";
    const token = `$(${curl} -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)`;
    const get = `${curl} -H "X-aws-ec2-metadata-token: ${token}" http://169.254.169.254/latest`;
    expect(await read(`${get}/meta-data/instance-id`)).to.equal(server.id);
    expect(await read(`${get}/meta-data/mac`)).to.equal(await read("cat /sys/class/net/eth0/address"));
    expect(await read(`${get}/meta-data/iam/security-credentials/servers`)).to.include(
      '"AccessKeyId": "111111111111"',
    );
    expect(
      await read(
        "curl --silent --output /dev/null --write-out '%{http_code}' http://169.254.169.254/latest/meta-data/",
      ),
    ).to.equal("401");
  });

  it("cannot change the host's kernel", async () => {
    const { exitCode } = await lab.machines.run(server.id, ["sysctl", "-w", "kernel.panic=7"]);
    expect(exitCode).not.to.equal(0);
    await lab.run(server.id, "sysctl -qw net.ipv4.tcp_keepalive_time=7000");
    for (const command of ["date -s 2001-01-01", "mknod /tmp/disk b 254 0", "dmesg"]) {
      expect((await lab.machines.run(server.id, ["sh", "-c", command])).exitCode, command).not.to.equal(0);
    }
  });

  it("return a command's output and exit status, and run it in the machine's cgroup", async () => {
    const outcome = await lab.machines.run(
      server.id,
      ["sh", "-c", "cat; echo problem >&2; exit 3"],
      "input\n",
    );
    expect(outcome).to.deep.equal({ exitCode: 3, output: "input\nproblem\n" });
    expect(await lab.run(server.id, "cat /proc/self/cgroup")).to.match(/0::\/system\.slice\/run-/);
  });

  it("see a file system only while they mount it, and only their own", async () => {
    const [mine, others] = ["mine", "others"].map((name) => path.join(folder, name));
    if (mine === undefined || others === undefined) throw new Error("There are two folders.");
    for (const each of [mine, others]) mkdirSync(each);
    writeFileSync(path.join(mine, "upload.txt"), "uploaded");
    const [address = ""] = server.interfaces.map(({ privateIp }) => privateIp);
    expect(await lab.run(server.id, "ls -A /efs")).to.equal("");
    const share = await lab.machines.share(server.vpcId, address, mine);
    if (share === undefined) throw new Error("The machine is on.");
    expect(await lab.run(server.id, "ls -A /efs")).to.equal(share.name);
    await lab.run(server.id, `mkdir /srv/efs && nsenter -t 1 -m mount --bind /efs/${share.name} /srv/efs`);
    await share.remove();
    expect(await lab.run(server.id, "ls -A /efs; cat /srv/efs/upload.txt")).to.equal("uploaded");
    await lab.run(server.id, "echo more >/srv/efs/more.txt");
    expect(readFileSync(path.join(mine, "more.txt"), "utf8")).to.equal("more\n");
    expect(await lab.run(server.id, "grep -c others /proc/1/mountinfo || true")).to.equal("0");
    for (const [vpcId, each] of [
      ["vpc-2", address],
      [server.vpcId, "10.0.0.77"],
    ] as const)
      expect(await lab.machines.share(vpcId, each, others)).to.equal(undefined);
  });

  it("keep their disk when they are stopped, and boot it again", async () => {
    await lab.run(server.id, "echo kept >/root/kept");
    await setServer({ state: "stopping" });
    await lab.reported({ kind: "instance", id: server.id, state: "stopped" });
    await setServer({ state: "stopped" });
    await setServer({ state: "pending" });
    await lab.booted(server.id);
    expect(await lab.run(server.id, "cat /root/kept /root/boots")).to.equal("kept\nfirst boot");
  });

  it("reboot, by EC2 and by themselves", async () => {
    const boot = "cat /proc/sys/kernel/random/boot_id /proc/1/stat | tail -n 1 | cut -d' ' -f22";
    const first = await lab.run(server.id, boot);
    await setServer({ state: "running", reboots: 1 });
    await lab.booted(server.id);
    const second = await lab.run(server.id, boot);
    expect(second).not.to.equal(first);
    lab.reports.length = 0;
    await lab.machines.run(server.id, ["systemctl", "reboot"]);
    await lab.booted(server.id);
    expect(await lab.run(server.id, boot)).not.to.equal(second);
  });

  it("fail their status check after a power cut, and lose no written file", async () => {
    await lab.run(server.id, "echo written >/root/written; sync");
    lab.reports.length = 0;
    await lab.machines.cut(server.id);
    await lab.reported({ kind: "checks", id: server.id, status: "impaired" });
    await setServer({ state: "running", reboots: 2 });
    await lab.booted(server.id);
    expect(await lab.run(server.id, "cat /root/written")).to.equal("written");
  });

  it("boot with all of their units at once after a power cut under load, five times", async () => {
    // Each unit's cgroup is there when the power is cut, as are processes that start others without end.
    const load = "while :; do (sleep 0.01 & true | true); done";
    for (let cut = 1; cut <= 5; cut += 1) {
      await lab.run(server.id, `systemd-run --quiet --unit=load --collect sh -c '${load}'`);
      const cutting = lab.machines.cut(server.id);
      await setServer({ state: "running", reboots: 2 + cut });
      await cutting;
      await lab.booted(server.id);
      expect(await lab.failedUnits(server.id), `after cut ${cut}`).to.equal("");
    }
  });

  it("boot again from their disks in the next region", async () => {
    await lab.restart();
    await setServer({ state: "running", reboots: 7 });
    await lab.booted(server.id);
    expect(await lab.run(server.id, "cat /root/written")).to.equal("written");
  });

  it("report that they powered themselves off", async () => {
    lab.reports.length = 0;
    await lab.machines.run(server.id, ["systemctl", "poweroff"]);
    await lab.reported({ kind: "instance", id: server.id, state: "stopped", byItself: true });
    await lab.restart();
    await setServer({ state: "running", reboots: 7 });
    await lab.reported({ kind: "instance", id: server.id, state: "stopped", byItself: true });
    await setServer({ state: "stopped", reboots: 7 });
  });

  it("have the result of a bake with the same content at once", async () => {
    const again = { ...builder, id: "i-00b2" };
    const image = { ...golden, id: "ami-0902d", sourceInstanceId: again.id };
    await reach([again]);
    await lab.reported({ kind: "instance", id: again.id, state: "stopped", byItself: true });
    expect(lab.eventsOf(again.id)).to.deep.equal(["powered itself off"]);
    expect(lab.consoleOf(again.id)).to.include("wordpress-server self-test: passed");
    await reach([{ ...again, state: "stopped" }], [golden, { ...image, state: "pending" }]);
    await lab.reported({ kind: "image", id: image.id, state: "available" });
    await reach([{ ...server, id: "i-00a2", imageId: image.id }], [image]);
    await lab.booted("i-00a2");
    expect(await lab.run("i-00a2", "ls /var/lib/wordpress-on-aws/baked")).to.include("baked");
    expect(readdirSync(path.join(folder, "images"))).to.deep.equal([`${image.id}.json`, `${image.id}.layer`]);
  });

  it("are records without a machine when there is no disk for their image", async () => {
    const arm = instance({ id: "i-00c1", imageId: debianArm.id });
    await reach([arm], []);
    await lab.reported({ kind: "instance", id: arm.id, state: "running" });
    expect(lab.machines.console(arm.id)).to.include(
      "The live region has no disk for ami-0a43 (debian-13-arm64-",
    );
    await reach([{ ...arm, state: "stopping" }], []);
    await lab.reported({ kind: "instance", id: arm.id, state: "stopped" });
  });

  it("leave nothing when another emulator starts", async () => {
    await reach([{ ...server, imageId: "ami-0deb" }], []);
    await lab.booted(server.id);
    await lab.restart();
    await lab.reach({ ...worldWith([]), bootId: "another" });
    expect(readdirSync(path.join(folder, "disks"))).to.deep.equal([]);
    expect(readdirSync(path.join(folder, "images"))).to.deep.equal([]);
  });
});
