import { expect } from "chai";
import { execFile } from "node:child_process";
import { connect } from "node:net";
import { promisify } from "node:util";

import { Network } from "../../../../localAws/live/network/network";
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

async function greet(
  network: Network,
  owner: string | undefined,
  address: string,
  port: number,
  text: string,
) {
  const server = await network.listen(owner, address, port);
  server.on("connection", (socket) =>
    socket.on("error", () => undefined).end(`${text} ${socket.remoteAddress}`),
  );
  return server;
}

/** What a server on the address answers to a client in the box's own namespace, the internet. */
async function visit(address: string, port: number): Promise<string> {
  return await new Promise((resolve) => {
    let answer = "";
    const socket = connect({ host: address, port, timeout: 1_000 });
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.on("timeout", () => {
      socket.destroy();
      resolve("timeout");
    });
    socket.on("error", (error) => {
      resolve(`error: ${error.message}`);
    });
    socket.on("end", () => {
      resolve(answer);
    });
  });
}

const client = `
const socket = require("node:net").connect({ host: process.argv[1], port: Number(process.argv[2]), timeout: 1000 });
socket.on("data", (data) => process.stdout.write(data));
socket.on("timeout", () => { process.stdout.write("timeout"); socket.destroy(); });
socket.on("error", (error) => process.stdout.write("error: " + error.message));
`;

/** What a server answers to a client in an owner's namespace. */
async function visitFrom(owner: string, address: string, port: number): Promise<string> {
  const { stdout } = await run("ip", [
    "netns",
    "exec",
    owner,
    process.execPath,
    "-e",
    client,
    address,
    `${port}`,
  ]);
  return stdout;
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
