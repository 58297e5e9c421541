import { expect } from "chai";

import { nameTables } from "../../../../localAws/live/network/nameTable";
import {
  resolveName,
  unreachableAddress,
  type Asker,
  type RecordType,
} from "../../../../localAws/live/network/names";
import type { Place } from "../../../../localAws/live/world";
import { networkInterface, subnet, vpc, world } from "./support/worlds";

const site = vpc({
  subnets: [subnet("subnet-a", "10.0.0.0/24"), subnet("subnet-b", "10.0.1.0/24", { zone: "us-east-1b" })],
  endpoints: [
    {
      id: "vpce-1",
      service: "com.amazonaws.us-east-1.secretsmanager",
      type: "Interface",
      state: "available",
      privateDns: true,
      interfaces: [
        networkInterface("subnet-a", "10.0.0.40", []),
        networkInterface("subnet-b", "10.0.1.40", []),
      ],
    },
    {
      id: "vpce-2",
      service: "com.amazonaws.us-east-1.sqs",
      type: "Interface",
      state: "available",
      privateDns: false,
      interfaces: [networkInterface("subnet-a", "10.0.0.41", [])],
    },
  ],
});
const other = vpc({ id: "vpc-2", cidrs: ["10.9.0.0/16"] });
const loadBalancer: Place["loadBalancers"][number] = {
  arn: "arn:alb",
  name: "site",
  dnsName: "Site-1.us-east-1.elb.amazonaws.com",
  scheme: "internet-facing",
  vpcId: "vpc-1",
  state: "active",
  interfaces: [
    networkInterface("subnet-a", "10.0.0.10", [], "54.0.0.1"),
    networkInterface("subnet-b", "10.0.1.10", [], "54.0.0.2"),
  ],
  attributes: {},
  listeners: [],
};
const target = (subnetId: string, address: string) => ({
  id: `fsmt-${subnetId}`,
  vpcId: "vpc-1",
  state: "available",
  interface: networkInterface(subnetId, address, []),
});
const place: Partial<Place> = {
  loadBalancers: [
    loadBalancer,
    { ...loadBalancer, name: "inner", dnsName: "internal-2.us-east-1.elb.amazonaws.com", scheme: "internal" },
  ],
  fileSystems: [
    {
      id: "fs-1",
      host: "fs-1.efs.us-east-1.amazonaws.com",
      mountTargets: [target("subnet-a", "10.0.0.30"), target("subnet-b", "10.0.1.30")],
      accessPoints: [],
    },
  ],
  records: [
    { name: "www.example.com", type: "A", values: [], alias: "dualstack.site-1.us-east-1.elb.amazonaws.com" },
    { name: "blog.example.com", type: "CNAME", values: ["www.example.com."], alias: null },
    { name: "example.com", type: "A", values: ["203.0.113.7"], alias: null },
    { name: "example.com", type: "AAAA", values: ["2001:db8::1"], alias: null },
    { name: "loop.example.com", type: "CNAME", values: ["loop.example.com"], alias: null },
    { name: "*.wild.example.com", type: "A", values: ["203.0.113.8"], alias: null },
  ],
};
const tables = nameTables(world([site, other], place));
const services = new Map([
  ["secretsmanager.us-east-1.amazonaws.com", "198.18.0.1"],
  ["sqs.us-east-1.amazonaws.com", "198.18.0.2"],
  ["s3.us-east-1.amazonaws.com", "198.18.0.3"],
]);
const inZoneA: Asker = { vpcId: "vpc-1", address: "10.0.0.99" };
const inZoneB: Asker = { vpcId: "vpc-1", address: "10.0.1.99" };
const elsewhere: Asker = { vpcId: "vpc-2", address: "10.9.0.5" };

function ask(name: string, asker?: Asker, type: RecordType = "A", turn = 0) {
  const answer = resolveName({ name, type }, { tables, services, turn }, asker);
  return answer?.map(({ data }) => data);
}

describe("names", () => {
  it("gives all addresses of a load balancer, another one first with each question", () => {
    expect(ask("site-1.us-east-1.elb.amazonaws.com")).to.deep.equal(["54.0.0.1", "54.0.0.2"]);
    expect(ask("SITE-1.us-east-1.elb.amazonaws.com.", inZoneA, "A", 1)).to.deep.equal([
      "54.0.0.2",
      "54.0.0.1",
    ]);
    expect(ask("internal-2.us-east-1.elb.amazonaws.com")).to.deep.equal(["10.0.0.10", "10.0.1.10"]);
  });

  it("knows all names of load balancers, databases and file systems", () => {
    for (const name of ["gone.us-east-1.elb.amazonaws.com", "db.x.us-east-1.rds.amazonaws.com"]) {
      expect(ask(name, inZoneA)).to.equal(undefined);
    }
    expect(ask("fs-1.efs.us-east-1.amazonaws.com", elsewhere)).to.equal(undefined);
  });

  it("prefers the mount target in the zone of the asker", () => {
    expect(ask("fs-1.efs.us-east-1.amazonaws.com", inZoneA)).to.deep.equal(["10.0.0.30"]);
    expect(ask("fs-1.efs.us-east-1.amazonaws.com", inZoneB)).to.deep.equal(["10.0.1.30"]);
    expect(ask("us-east-1b.fs-1.efs.us-east-1.amazonaws.com", inZoneA)).to.deep.equal(["10.0.1.30"]);
  });

  it("gives the interfaces of an endpoint with private DNS, in its VPC only", () => {
    const host = "secretsmanager.us-east-1.amazonaws.com";
    expect(ask(host, inZoneA)).to.deep.equal(["10.0.0.40", "10.0.1.40"]);
    expect(ask(host, elsewhere)).to.deep.equal(["198.18.0.1"]);
    expect(ask("sqs.us-east-1.amazonaws.com", inZoneA)).to.deep.equal(["198.18.0.2"]);
    expect(ask("bucket.s3.us-east-1.amazonaws.com", inZoneA)).to.deep.equal(["198.18.0.3"]);
  });

  it("follows aliases and CNAMEs of public hosted zones", () => {
    expect(ask("www.example.com", inZoneA)).to.deep.equal(["54.0.0.1", "54.0.0.2"]);
    expect(ask("blog.example.com")).to.deep.equal(["www.example.com", "54.0.0.1", "54.0.0.2"]);
    expect(ask("blog.example.com", undefined, "CNAME")).to.deep.equal(["www.example.com"]);
    expect(ask("example.com")).to.deep.equal(["203.0.113.7"]);
    expect(ask("example.com", undefined, "AAAA")).to.deep.equal(["2001:db8::1"]);
    expect(ask("a.wild.example.com")).to.deep.equal(["203.0.113.8"]);
    expect(ask("loop.example.com")).to.have.length(8);
  });

  it("has private names of instances, and the names of addresses, within the VPC", () => {
    expect(ask("ip-10-0-0-5.ec2.internal", inZoneA)).to.deep.equal(["10.0.0.5"]);
    expect(ask("ip-10-0-0-5.ec2.internal", elsewhere)).to.equal(undefined);
    expect(ask("5.0.0.10.in-addr.arpa", inZoneA, "PTR")).to.deep.equal(["ip-10-0-0-5.ec2.internal"]);
    expect(ask("1.1.1.1.in-addr.arpa", inZoneA, "PTR")).to.equal(undefined);
  });

  it("resolves every other name in a VPC to an address that drops packets, and no name outside", () => {
    expect(ask("wordpress.org", inZoneA)).to.deep.equal([unreachableAddress]);
    expect(ask("wordpress.org", inZoneA, "AAAA")).to.deep.equal([]);
    expect(ask("wordpress.org")).to.equal(undefined);
    expect(ask("machine", inZoneA)).to.equal(undefined);
  });
});
