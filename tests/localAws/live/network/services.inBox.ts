import { expect } from "chai";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Network } from "../../../../localAws/live/network/network";
import { greet, runIn, visit, visitFrom } from "./support/visits";
import { everyEgress, networkInterface, subnet, tcp, vpc, world } from "./support/worlds";

const socket = join(tmpdir(), `packages-${process.pid}.sock`);
const local = { destination: "10.0.0.0/16", target: "local" };
const site = vpc({
  internetGatewayId: "igw-1",
  natGateways: [
    {
      id: "nat-1",
      subnetId: "subnet-public",
      state: "available",
      privateIp: "10.0.0.7",
      publicIp: "54.214.0.7",
    },
  ],
  subnets: [
    subnet("subnet-public", "10.0.0.0/24", {
      routes: [local, { destination: "0.0.0.0/0", target: "igw-1" }],
    }),
    subnet("subnet-nat", "10.0.1.0/24", { routes: [local, { destination: "0.0.0.0/0", target: "nat-1" }] }),
    subnet("subnet-closed", "10.0.2.0/24"),
    subnet("subnet-endpoint", "10.0.3.0/24", {
      routes: [local, { destination: "52.216.0.0/15", target: "vpce-s3" }],
    }),
  ],
  endpoints: [
    {
      id: "vpce-s3",
      service: "com.amazonaws.us-east-1.s3",
      type: "Gateway",
      state: "available",
      privateDns: false,
      interfaces: [],
    },
  ],
  securityGroups: [
    { id: "sg-web", name: "web", rules: [everyEgress] },
    { id: "sg-open", name: "open", rules: [tcp(80), everyEgress] },
  ],
});
const groups = ["sg-web"];

/** One question by UDP or TCP to the resolver at the VPC's base + 2. */
const lookUp = `
const { Resolver } = require("node:dns").promises;
const resolver = new Resolver({ timeout: 2000, tries: 1 });
resolver.setServers([process.argv[2] ?? "10.0.0.2"]);
resolver.resolve4(process.argv[1]).then((all) => console.log(all.join(" ")), (error) => console.log(error.code));
`;
const fetchText = `
fetch(process.argv[1], { signal: AbortSignal.timeout(2000) })
  .then(async (answer) => console.log(answer.status, await answer.text()), (error) => console.log(error.cause?.code ?? error.name))
  .finally(() => process.exit());
`;

describe("the services of a VPC", () => {
  const network = new Network({
    registries: async () =>
      await Promise.resolve({
        socket,
        main: "http://mirror.example:8080/debian",
        security: "http://security.debian.org/debian-security",
      }),
  });
  const proxy = createServer((request, response) => {
    response.end(`${request.method} ${request.url} ${request.headers.host}`);
  });

  before(async () => {
    await new Promise<void>((resolve) => proxy.listen(socket, resolve));
    network.onMetadata((vpcId, request, response) => {
      response.end(`${vpcId} ${request.socket.remoteAddress} ${request.url}`);
    });
    await network.reconcile(world([site]));
    await network.attach("i-public", "vpc-1", [
      networkInterface("subnet-public", "10.0.0.20", groups, "54.214.0.20"),
    ]);
    await network.attach("i-bare", "vpc-1", [networkInterface("subnet-public", "10.0.0.21", groups)]);
    await network.attach("i-nat", "vpc-1", [networkInterface("subnet-nat", "10.0.1.20", groups)]);
    await network.attach("i-closed", "vpc-1", [networkInterface("subnet-closed", "10.0.2.20", groups)]);
  });

  after(async () => {
    await network.stop();
    proxy.close();
  });

  it("has a resolver at the base of the VPC plus two and at 169.254.169.253", async () => {
    expect(await runIn("i-closed", lookUp, "ip-10-0-1-20.ec2.internal")).to.equal("10.0.1.20\n");
    expect(await runIn("i-closed", lookUp, "ip-10-0-1-20.ec2.internal", "169.254.169.253")).to.equal(
      "10.0.1.20\n",
    );
    expect(await runIn("i-closed", lookUp, "nothing.ec2.internal")).to.equal("ENOTFOUND\n");
  });

  it("has a metadata service that sees the VPC and the address of the instance", async () => {
    expect(await runIn("i-closed", fetchText, "http://169.254.169.254/latest")).to.equal(
      "200 vpc-1 10.0.2.20 /latest\n",
    );
  });

  it("resolves names of the internet, and drops their packets without a way out", async () => {
    expect(await runIn("i-closed", lookUp, "wordpress.org")).to.equal("192.0.2.1\n");
    expect(await visitFrom("i-closed", "192.0.2.1", 443)).to.equal("timeout");
    expect(await visitFrom("i-public", "192.0.2.1", 443)).to.equal("timeout");
    expect(await runIn("i-closed", fetchText, "http://198.18.0.1/debian/")).to.equal("TimeoutError\n");
  });

  it("lets machines with a public address or a NAT gateway reach the registries by their names", async () => {
    const resolve = async (owner: string, host: string) => (await runIn(owner, lookUp, host)).trim();
    const address = await resolve("i-nat", "deb.debian.org");
    const url = `http://${address}/debian/dists/trixie/InRelease`;
    const withHost = `require("node:http").get(process.argv[1], { headers: { host: "deb.debian.org" }, timeout: 1000 }, async (a) => {
      let all = ""; for await (const chunk of a) all += chunk; console.log(all); }).on("timeout", () => { console.log("timeout"); process.exit(); })`;
    const expected = "GET http://mirror.example:8080/debian/dists/trixie/InRelease mirror.example:8080\n";
    expect(await runIn("i-public", withHost, url)).to.equal(expected);
    expect(await runIn("i-nat", withHost, url)).to.equal(expected);
    expect(await runIn("i-bare", withHost, url)).to.equal("timeout\n");
    expect(await runIn("i-closed", withHost, url)).to.equal("timeout\n");
    expect(await runIn("i-nat", withHost, `http://${address}/other/`)).to.contain("Debian's packages only");
  });

  it("translates addresses as the internet gateway and the NAT gateway do", async () => {
    const service = await network.publicAddressOf("service.example");
    await greet(network, undefined, service, 80, "service");
    expect(await visitFrom("i-public", service, 80)).to.equal("service 54.214.0.20");
    expect(await visitFrom("i-nat", service, 80)).to.equal("service 54.214.0.7");
  });

  it("reaches S3 through a gateway endpoint, without a public address, and nothing else", async () => {
    await network.attach("i-endpoint", "vpc-1", [networkInterface("subnet-endpoint", "10.0.3.20", groups)]);
    const bucket = await network.publicAddressOf("s3.us-east-1.amazonaws.com");
    await greet(network, undefined, bucket, 443, "s3");
    expect(await visitFrom("i-endpoint", bucket, 443)).to.contain("s3 169.254.64.");
    expect(await visitFrom("i-closed", bucket, 443)).to.equal("timeout");
    expect(await visitFrom("i-endpoint", await network.publicAddressOf("service.example"), 80)).to.equal(
      "timeout",
    );
  });

  it("lets nothing in through a NAT gateway, or to a machine without a public address", async () => {
    await network.attach("i-open", "vpc-1", [networkInterface("subnet-nat", "10.0.1.30", ["sg-open"])]);
    await greet(network, "i-open", "10.0.1.30", 80, "open");
    expect(await visitFrom("i-closed", "10.0.1.30", 80)).to.equal("open 10.0.2.20");
    expect(await visit("54.214.0.7", 80)).to.equal("timeout");
    expect(await visit("10.0.1.30", 80)).to.contain("error: connect E");
  });
});
