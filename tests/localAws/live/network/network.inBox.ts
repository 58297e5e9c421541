import { expect } from "chai";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { Network } from "../../../../localAws/live/network/network";
import { greet, visit, visitFrom } from "./support/visits";
import { everyEgress, networkInterface, subnet, tcp, vpc, world } from "./support/worlds";

const run = promisify(execFile);
const publicRoutes = [
  { destination: "10.0.0.0/16", target: "local" },
  { destination: "0.0.0.0/0", target: "igw-1" },
];
const balancers = [
  networkInterface("subnet-a", "10.0.0.10", ["sg-alb"], "54.214.0.10"),
  networkInterface("subnet-b", "10.0.1.10", ["sg-alb"], "54.214.0.11"),
];
const web = [networkInterface("subnet-a", "10.0.0.20", ["sg-web"])];

function siteVpc(id: string) {
  return vpc({
    id,
    internetGatewayId: "igw-1",
    subnets: [
      subnet("subnet-a", "10.0.0.0/24", { routes: publicRoutes }),
      subnet("subnet-b", "10.0.1.0/24", { routes: publicRoutes, zone: "us-east-1b" }),
    ],
    securityGroups: [
      { id: "sg-alb", name: "alb", rules: [tcp(80), everyEgress] },
      { id: "sg-web", name: "web", rules: [tcp(80, { groups: ["sg-alb"] }), everyEgress] },
    ],
  });
}

describe("the network of a box", () => {
  const network = new Network();

  before(async () => {
    await network.reconcile(world([siteVpc("vpc-1"), siteVpc("vpc-2")]));
    await network.attach("alb-site", "vpc-1", balancers);
    await network.attach("i-web", "vpc-1", web);
    await greet(network, "i-web", "10.0.0.20", 80, "web");
    for (const { privateIp } of balancers) {
      await greet(network, "alb-site", privateIp, 80, privateIp);
      await greet(network, "alb-site", privateIp, 81, privateIp);
    }
  });

  after(async () => {
    await network.stop();
    const { stdout } = await run("ip", ["netns", "list"]);
    expect(stdout).to.equal("");
  });

  it("leads visitors to each public address of a load balancer", async () => {
    expect(await visit("54.214.0.10", 80)).to.equal("10.0.0.10 198.51.100.1");
    expect(await visit("54.214.0.11", 80)).to.equal("10.0.1.10 198.51.100.1");
  });

  it("drops what no security group allows", async () => {
    expect(await visit("54.214.0.10", 81)).to.equal("timeout");
    expect(await visit("10.0.0.20", 80)).to.contain("error: connect E");
  });

  it("allows members of a referenced group, and no other interface", async () => {
    expect(await visitFrom("alb-site", "10.0.0.20", 80)).to.equal("web 10.0.0.10");
    await network.attach("i-other", "vpc-1", [networkInterface("subnet-a", "10.0.0.21", ["sg-web"])]);
    expect(await visitFrom("i-other", "10.0.0.20", 80)).to.equal("timeout");
    await network.detach("i-other");
  });

  it("has two VPCs with the same range at once", async () => {
    await network.attach("i-twin", "vpc-2", web);
    await network.attach("alb-twin", "vpc-2", [
      networkInterface("subnet-a", "10.0.0.10", ["sg-alb"], "54.214.9.9"),
    ]);
    await greet(network, "i-twin", "10.0.0.20", 80, "twin");
    await greet(network, "alb-twin", "10.0.0.10", 80, "twin balancer");
    expect(await visitFrom("alb-twin", "10.0.0.20", 80)).to.equal("twin 10.0.0.10");
    expect(await visitFrom("alb-site", "10.0.0.20", 80)).to.equal("web 10.0.0.10");
    expect(await visit("54.214.9.9", 80)).to.equal("twin balancer 198.51.100.1");
  });
});
