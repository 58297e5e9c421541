import { expect } from "chai";
import * as fc from "fast-check";

import { Network } from "../../../../localAws/live/network/network";
import { AwsModel } from "./support/awsModel";
import { anySite, service, visitor, type Site } from "./support/randomVpc";
import { greet, runIn, visit } from "./support/visits";
import { world } from "./support/worlds";

const ports = [80, 443] as const;
const client = 45_000;
const unused = "10.0.2.99";
/** The most open ones of many: random rules drop nearly everything in most. */
const sites = fc
  .sample(anySite, { numRuns: 60, seed: 2_026 })
  .map((site) => ({ site, count: connectionsOf(site) }))
  .toSorted((one, other) => other.count - one.count)
  .slice(0, 3)
  .map(({ site }) => site);

/** How many hosts of the site reach each other, or the internet. */
function connectionsOf({ vpc, interfaces }: Site): number {
  const model = new AwsModel(vpc, interfaces);
  const hosts = [...interfaces.map(({ privateIp }) => privateIp), service];
  const traffic = { protocol: 6, from: client, to: 80 } as const;
  return interfaces.flatMap((source) => hosts.filter((host) => model.connects(source, host, traffic))).length;
}

/** Tries all targets at once, from a port of the range that the model uses. */
const probe = `
const net = require("node:net");
const targets = process.argv.slice(1);
Promise.all(targets.map((target) => new Promise((resolve) => {
  const [host, port] = target.split(":");
  const socket = net.connect({ host, port: Number(port) });
  const timer = setTimeout(() => { socket.destroy(); resolve("dropped"); }, 1000);
  const end = (result) => { clearTimeout(timer); resolve(result); };
  socket.on("data", (data) => { end("connected"); socket.destroy(); });
  socket.on("error", (error) => end(error.code));
}))).then((all) => { console.log(all.join(" ")); process.exit(); });
`;

function ownerOf(address: string): string {
  return `i-${address.replaceAll(".", "-")}`;
}

describe("packets through the compiled rules", () => {
  let connected = 0;
  const network = new Network();

  before(async () => {
    await network.reconcile(world([]));
    // Takes the first address of the internet's services, as the model expects.
    expect(await network.publicAddressOf("service.example")).to.equal(service);
    for (const port of ports) await greet(network, undefined, service, port, "service");
    for (const port of ports) await greet(network, undefined, visitor, port, "visitor");
  });

  after(async () => {
    await network.stop();
  });

  async function connectSite({ vpc, interfaces }: Site): Promise<void> {
    await network.reconcile(world([vpc]));
    for (const each of interfaces) {
      const owner = await network.attach(ownerOf(each.privateIp), vpc.id, [each]);
      for (const port of ports) await greet(network, owner, each.privateIp, port, "host");
    }
  }

  async function disconnectSite({ interfaces }: Site): Promise<void> {
    for (const each of interfaces) await network.detach(ownerOf(each.privateIp));
    await network.reconcile(world([]));
  }

  for (const [index, site] of sites.entries()) {
    it(`agree with AWS in random VPC ${index}`, async () => {
      await connectSite(site);
      try {
        const model = new AwsModel(site.vpc, site.interfaces);
        const hosts = [...site.interfaces.map(({ privateIp }) => privateIp), service, visitor, unused];
        const targets = hosts.flatMap((host) => ports.map((port) => ({ host, port })));
        await Promise.all(
          site.interfaces.map(async (source) => {
            const others = targets.filter(({ host }) => host !== source.privateIp);
            const output = await runIn(
              ownerOf(source.privateIp),
              probe,
              ...others.map(({ host, port }) => `${host}:${port}`),
            );
            const expected = others.map(({ host, port }) =>
              model.connects(source, host, { protocol: 6, from: client, to: port }) && host !== unused
                ? "connected"
                : "dropped",
            );
            connected += expected.filter((each) => each === "connected").length;
            expect(`${source.privateIp}: ${output.trim()}`).to.equal(
              `${source.privateIp}: ${expected.join(" ")}`,
            );
          }),
        );
        for (const target of site.interfaces) {
          if (target.publicIp === null) continue;
          const traffic = { protocol: 6, from: client, to: 80 } as const;
          const expected = model.connectsFromInternet(visitor, target, traffic)
            ? `host ${visitor}`
            : "timeout";
          const result = await visit(target.publicIp, 80);
          // Without an internet gateway, no route leads to the address: the kernel refuses the visitor's own call.
          const answer = site.vpc.internetGatewayId === null ? result.replace(/^error.*/, "timeout") : result;
          expect(answer).to.equal(expected);
        }
      } finally {
        await disconnectSite(site);
      }
    });
  }

  it("is no comparison of VPCs that drop everything", () => {
    expect(connected).to.be.greaterThan(40);
  });
});
