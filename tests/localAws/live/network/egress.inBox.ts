import { expect } from "chai";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { attempt } from "../../../../localAws/live/command";
import { cachedImages } from "../../../../localAws/live/images/images";
import { mirrors } from "../../../../localAws/live/images/mirror";
import { mountRoot } from "../../../../localAws/live/images/overlay";
import { Network } from "../../../../localAws/live/network/network";
import { everyEgress, networkInterface, subnet, vpc, world } from "./support/worlds";

const socket = process.env["LIVE_TEST_PACKAGES"] ?? "";
const local = { destination: "10.0.0.0/16", target: "local" };
const nat = {
  id: "nat-1",
  subnetId: "subnet-public",
  state: "available",
  privateIp: "10.0.0.7",
  publicIp: "54.214.0.7",
};
const site = vpc({
  internetGatewayId: "igw-1",
  natGateways: [nat],
  subnets: [
    subnet("subnet-public", "10.0.0.0/24", {
      routes: [local, { destination: "0.0.0.0/0", target: "igw-1" }],
    }),
    subnet("subnet-nat", "10.0.1.0/24", { routes: [local, { destination: "0.0.0.0/0", target: "nat-1" }] }),
    subnet("subnet-closed", "10.0.2.0/24"),
  ],
  securityGroups: [{ id: "sg-web", name: "web", rules: [everyEgress] }],
});

describe("apt on a machine", () => {
  const network = new Network({
    registries: async () => ({ socket, ...(await mirrors()) }),
  });
  let root: string;

  before(async () => {
    const images = await cachedImages();
    if (images === undefined)
      throw new Error("The images are not there; `npm run local -- --live` makes them.");
    ({ path: root } = await mountRoot(images.stock, "/run/egress"));
    expect(existsSync(path.join(root, "etc/apt/apt.conf.d/90lab-proxy"))).to.equal(false);
    // A link in the image.
    rmSync(path.join(root, "etc/resolv.conf"), { force: true });
    writeFileSync(path.join(root, "etc/resolv.conf"), "nameserver 10.0.0.2\n");
    await network.reconcile(world([site]));
    await network.attach("i-nat", "vpc-1", [networkInterface("subnet-nat", "10.0.1.20", ["sg-web"])]);
    await network.attach("i-closed", "vpc-1", [networkInterface("subnet-closed", "10.0.2.20", ["sg-web"])]);
  });

  after(async () => {
    await network.stop();
  });

  /** Updates one small list of the sources that Debian's images have. */
  async function update(owner: string, seconds: number) {
    const options = ["APT::Sandbox::User=root", "Acquire::Retries=0", "Acquire::Languages=none"];
    const sources = path.join(root, "etc/apt/sources.list");
    writeFileSync(sources, "deb http://deb.debian.org/debian-security trixie-security main\n");
    return await attempt([
      ...["timeout", String(seconds), "ip", "netns", "exec", owner, "chroot", root, "apt-get", "update"],
      ...["--error-on=any", ...options.map((option) => `-o${option}`)],
    ]);
  }

  it("gets lists through a NAT gateway, without a setting of a proxy", async () => {
    const { exitCode, output } = await update("i-nat", 100);
    expect(`${exitCode} ${output}`).to.match(/^0 /);
    expect(output).to.contain("http://deb.debian.org/debian-security trixie-security InRelease");
  });

  it("waits in vain without a way out", async () => {
    expect((await update("i-closed", 3)).exitCode).to.equal(124);
  });
});
