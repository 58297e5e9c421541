import { expect } from "chai";
import { execFile } from "node:child_process";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { Network } from "../../../../localAws/live/network/network";
import type { GroupRule, Instance, Vpc } from "../../../../localAws/live/world";
import { greet, runIn, visit, visitFrom } from "./support/visits";
import { everyEgress, networkInterface, subnet, tcp, vpc, world } from "./support/worlds";

const run = promisify(execFile);
const local = { destination: "10.0.0.0/16", target: "local" };
const web = networkInterface("subnet-a", "10.0.0.20", ["sg-web"], "54.214.0.20");
const client = networkInterface("subnet-a", "10.0.0.21", ["sg-client"]);

function site(rules: readonly GroupRule[], rest: Partial<Vpc> = {}): Vpc {
  return vpc({
    internetGatewayId: "igw-1",
    subnets: [
      subnet("subnet-a", "10.0.0.0/24", { routes: [local, { destination: "0.0.0.0/0", target: "igw-1" }] }),
      subnet("subnet-nat", "10.0.1.0/24", { routes: [local, { destination: "0.0.0.0/0", target: "nat-1" }] }),
    ],
    securityGroups: [
      { id: "sg-web", name: "web", rules: [...rules, everyEgress] },
      { id: "sg-client", name: "client", rules: [everyEgress] },
    ],
    ...rest,
  });
}

const nat = {
  id: "nat-1",
  subnetId: "subnet-a",
  state: "available",
  privateIp: "10.0.0.7",
  publicIp: "54.214.0.7",
};

/** An open connection that the server answers by what it gets. */
class Echo {
  private received = "";

  private constructor(private readonly socket: Socket) {
    socket.on("data", (chunk) => (this.received += chunk.toString()));
  }

  static async open(host: string, port: number): Promise<Echo> {
    const socket = connect({ host, port });
    await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
    return new Echo(socket);
  }

  async answers(text: string): Promise<boolean> {
    this.socket.write(text);
    for (let tries = 0; tries < 20 && !this.received.endsWith(text); tries += 1) await sleep(50);
    return this.received.endsWith(text);
  }

  close(): void {
    this.socket.destroy();
  }
}

describe("a VPC that changes", () => {
  let network: Network;

  beforeEach(async () => {
    network = new Network();
    await network.reconcile(world([site([tcp(80)])]));
    await network.attach("i-web", "vpc-1", [web]);
    await network.attach("i-client", "vpc-1", [client]);
  });

  afterEach(async () => {
    await network.stop();
    const { stdout } = await run("ip", ["netns", "list"]);
    expect(stdout).to.equal("");
    const links = await run("ip", ["-o", "link", "show", "type", "veth"]);
    expect(links.stdout).to.equal("");
  });

  it("applies a rule to new connections at once, and lets tracked ones continue", async () => {
    const server = await network.listen("i-web", web.privateIp, 80);
    server.on("connection", (socket) => socket.on("error", () => undefined).pipe(socket));
    const echo = await Echo.open("54.214.0.20", 80);
    expect(await echo.answers("before")).to.equal(true);
    await network.reconcile(world([site([])]));
    expect(await visit("54.214.0.20", 80)).to.equal("timeout");
    expect(await echo.answers("after")).to.equal(true);
    echo.close();
    await network.reconcile(world([site([tcp(80)])]));
    const again = await Echo.open("54.214.0.20", 80);
    expect(await again.answers("again")).to.equal(true);
    again.close();
  });

  it("gives a machine a public address, and takes it away", async () => {
    await greet(network, "i-web", web.privateIp, 80, "web");
    expect(await visit("54.214.0.20", 80)).to.equal("web 198.51.100.1");
    await network.attach("i-web", "vpc-1", [{ ...web, publicIp: null }]);
    expect(await visit("54.214.0.20", 80)).to.contain("error: connect E");
    await network.attach("i-web", "vpc-1", [{ ...web, publicIp: "54.214.0.99" }]);
    expect(await visit("54.214.0.99", 80)).to.equal("web 198.51.100.1");
  });

  it("moves a public address to another VPC, in both directions", async () => {
    const second = site([tcp(80)], { id: "vpc-2" });
    const both = world([site([tcp(80)]), second]);
    await network.reconcile(both);
    const [bare, other] = [
      { ...web, publicIp: null },
      { ...web, id: "eni-other" },
    ];
    await network.attach("i-other", "vpc-2", [{ ...other, publicIp: null }]);
    await greet(network, "i-web", web.privateIp, 80, "first");
    await greet(network, "i-other", web.privateIp, 80, "second");
    expect(await visit("54.214.0.20", 80)).to.equal("first 198.51.100.1");
    await network.attach("i-other", "vpc-2", [other]);
    expect(await visit("54.214.0.20", 80)).to.equal("second 198.51.100.1");
    await network.attach("i-web", "vpc-1", [bare]);
    await network.attach("i-other", "vpc-2", [{ ...other, publicIp: null }]);
    await network.attach("i-web", "vpc-1", [web]);
    expect(await visit("54.214.0.20", 80)).to.equal("first 198.51.100.1");
  });

  it("connects and removes NAT gateways, and follows routes", async () => {
    const inside = networkInterface("subnet-nat", "10.0.1.30", ["sg-client"]);
    await network.attach("i-inside", "vpc-1", [inside]);
    const address = await network.publicAddressOf("service.example");
    await greet(network, undefined, address, 80, "service");
    expect(await visitFrom("i-inside", address, 80)).to.equal("timeout");
    await network.reconcile(world([site([tcp(80)], { natGateways: [nat] })]));
    expect(await visitFrom("i-inside", address, 80)).to.equal("service 54.214.0.7");
    await network.reconcile(world([site([tcp(80)], { natGateways: [{ ...nat, state: "deleting" }] })]));
    expect(await visitFrom("i-inside", address, 80)).to.equal("timeout");
  });

  it("moves an address to its new owner while the former one still ends", async () => {
    await network.attach("i-next", "vpc-1", [{ ...web, id: "eni-next" }]);
    await greet(network, "i-next", web.privateIp, 80, "next");
    expect(await visit("54.214.0.20", 80)).to.equal("next 198.51.100.1");
    await network.detach("i-web");
    expect(await visit("54.214.0.20", 80)).to.equal("next 198.51.100.1");
  });

  it("disconnects the owners of a VPC that is deleted", async () => {
    await greet(network, "i-web", web.privateIp, 80, "web");
    expect(await visitFrom("i-client", web.privateIp, 80)).to.equal("web 10.0.0.21");
    await network.reconcile(world([]));
    expect(await visitFrom("i-client", web.privateIp, 80)).to.contain("ENETUNREACH");
    await network.detach("i-web");
    const failure = await network.attach("i-web", "vpc-1", [web]).catch((error: unknown) => error);
    expect(failure).to.be.an("error").with.property("message").that.contains("vpc-1");
    // The VPC can come back, with the client still attached to the one before.
    await network.reconcile(world([site([tcp(80)])]));
    await network.attach("i-web", "vpc-1", [web]);
    await network.attach("i-client", "vpc-1", [client]);
    await greet(network, "i-web", web.privateIp, 80, "web again");
    expect(await visitFrom("i-client", web.privateIp, 80)).to.equal("web again 10.0.0.21");
  });

  it("leaves nothing when a VPC ends while its owners are connected", async () => {
    const hosts = Array.from({ length: 6 }, (_, index) =>
      networkInterface("subnet-a", `10.0.0.${100 + index}`, ["sg-web"]),
    );
    const results = Promise.allSettled(
      hosts.map(async (each) => await network.attach(`i-${each.privateIp}`, "vpc-1", [each])),
    );
    const down = network.reconcile(world([]));
    const late = network.attach("i-late", "vpc-1", [web]).catch((error: unknown) => error);
    await down;
    expect((await results).map(({ status }) => status)).to.deep.equal(hosts.map(() => "fulfilled"));
    expect(await late).to.be.an("error");
    for (const { privateIp } of hosts) await network.detach(`i-${privateIp}`);
    const { stdout } = await run("ip", ["netns", "list"]);
    expect(stdout).not.to.contain("vpc-").and.not.to.contain("i-10.0.0.1");
  });

  it("drops packets with a source that the interface does not have", async () => {
    await greet(network, "i-web", web.privateIp, 80, "web");
    await run("ip", ["-netns", "i-client", "address", "add", "10.0.0.22/32", "dev", "eth0"]);
    await run("ip", [
      "-netns",
      "i-client",
      "route",
      "replace",
      "default",
      "via",
      "10.0.0.1",
      "src",
      "10.0.0.22",
    ]);
    expect(await visitFrom("i-client", web.privateIp, 80)).to.equal("timeout");
    await run("ip", [
      "-netns",
      "i-client",
      "route",
      "replace",
      "default",
      "via",
      "10.0.0.1",
      "src",
      "10.0.0.21",
    ]);
    expect(await visitFrom("i-client", web.privateIp, 80)).to.equal("web 10.0.0.21");
  });

  it("limits the hops of the metadata service's answers", async () => {
    network.onMetadata((_, __, response) => response.end("metadata"));
    const instance: Instance = {
      id: "i-client",
      state: "running",
      imageId: "ami-1",
      type: "t3.micro",
      vpcId: "vpc-1",
      zone: "us-east-1a",
      interfaces: [client],
      userData: "",
      role: null,
      tags: {},
      metadata: { enabled: true, tokensRequired: true, hopLimit: 1, tags: false },
      monitoring: false,
      keyName: null,
      publicKey: null,
      rootVolumeGiB: 8,
      shutdownBehavior: "stop",
      launchedAt: 0,
      reboots: 0,
      groupName: null,
    };
    // A container on the instance: one hop behind it.
    const container = "container";
    const inInstance = ["ip", "netns", "exec", "i-client"];
    await run("ip", ["netns", "add", container]);
    await run("ip", [
      "-netns",
      "i-client",
      "link",
      "add",
      "c0",
      "type",
      "veth",
      "peer",
      "name",
      "eth0",
      "netns",
      container,
    ]);
    const commands = [
      "ip -n i-client address add 172.17.0.1/24 dev c0; ip -n i-client link set c0 up",
      `ip -n ${container} address add 172.17.0.2/24 dev eth0; ip -n ${container} link set eth0 up`,
      `ip -n ${container} route add default via 172.17.0.1`,
      `${inInstance.join(" ")} sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'`,
      `${inInstance.join(" ")} nft 'add table ip n; add chain ip n p { type nat hook postrouting priority 100; }; add rule ip n p oifname eth0 masquerade'`,
    ];
    for (const command of commands) await run("sh", ["-ec", command]);
    const ask = `require("node:http").get({ host: "169.254.169.254", timeout: 1000 }, (answer) => answer.pipe(process.stdout)).on("timeout", () => { console.log("timeout"); process.exit(); });`;
    try {
      expect(await runIn(container, ask)).to.equal("metadata");
      await network.reconcile(world([site([tcp(80)])], { instances: [instance] }));
      expect(await runIn("i-client", ask)).to.equal("metadata");
      expect(await runIn(container, ask)).to.equal("timeout\n");
    } finally {
      await run("ip", ["netns", "delete", container]);
    }
  });
});
