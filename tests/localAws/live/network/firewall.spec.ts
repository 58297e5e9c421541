import { expect } from "chai";
import * as fc from "fast-check";

import { rulesetText, type FirewallInput } from "../../../../localAws/live/network/firewall";
import { deviceOf } from "../../../../localAws/live/network/links";
import { AwsModel, type Traffic } from "./support/awsModel";
import { Interpreter } from "./support/interpreter";
import { anySite, service, visitor, type Site } from "./support/randomVpc";
import { aclEntry, everyEgress, groupRule, networkInterface, subnet, tcp, vpc } from "./support/worlds";

const client = 45_000;
const traffics: readonly Traffic[] = [
  { protocol: 6, from: client, to: 80 },
  { protocol: 6, from: client, to: 443 },
  { protocol: 17, from: client, to: 80 },
  { protocol: 1, from: 0, to: 8 },
];

function inputOf({ vpc: own, interfaces }: Site): FirewallInput {
  return {
    vpc: own,
    members: interfaces,
    links: interfaces.map((each) => ({ owner: each.id, device: deviceOf(each.id), interfaces: [each] })),
    nats: own.natGateways
      .filter(({ state }) => state === "available")
      .map((nat) => ({ ...nat, device: deviceOf(nat.id) })),
    hop: "169.254.64.1",
    hopLimits: new Map(),
  };
}

/** All connections that are possible in a site, as lines: with the compiled rules, or with AWS's. */
function connections(site: Site, judge: AwsModel | Interpreter): readonly string[] {
  const { interfaces } = site;
  return traffics.flatMap((traffic) => {
    const what = `${traffic.protocol}/${traffic.to}`;
    return interfaces.flatMap((source) => {
      const targets = [...interfaces.map(({ privateIp }) => privateIp), service, visitor, "10.0.2.99"];
      const reached = targets
        .filter((each) => each !== source.privateIp && judge.connects(source, each, traffic))
        .map((each) => `${source.privateIp} to ${each} ${what}`);
      const inbound = judge.connectsFromInternet(visitor, source, traffic);
      return [...reached, ...(inbound ? [`internet to ${source.privateIp} ${what}`] : [])];
    });
  });
}

describe("the compiled rules of a VPC", () => {
  it("let the same connections through as AWS", () => {
    const seen = { some: 0, inbound: 0, outbound: 0 };
    fc.assert(
      fc.property(anySite, (site) => {
        const expected = connections(site, new AwsModel(site.vpc, site.interfaces));
        seen.some += expected.length;
        seen.inbound += expected.filter((each) => each.startsWith("internet")).length;
        seen.outbound += expected.filter((each) => each.includes(service)).length;
        expect(connections(site, new Interpreter(inputOf(site)))).to.deep.equal(expected);
      }),
      { numRuns: 250, seed: 15 },
    );
    // The generator must not make VPCs only that drop everything.
    expect(seen.some).to.be.greaterThan(1_000);
    expect(seen.inbound).to.be.greaterThan(20);
    expect(seen.outbound).to.be.greaterThan(20);
  });

  it("compile to the same text for the same VPC", () => {
    fc.assert(
      fc.property(anySite, (site) => {
        expect(rulesetText(inputOf(site))).to.equal(rulesetText(inputOf(structuredClone(site))));
      }),
      { numRuns: 20, seed: 15 },
    );
  });
});

const web = networkInterface("subnet-0", "10.0.0.20", ["sg-web"]);
const database = networkInterface("subnet-1", "10.0.1.20", ["sg-db"]);
const mysql: Traffic = { protocol: 6, from: client, to: 3_306 };

function pair(rules: {
  web?: readonly ReturnType<typeof tcp>[];
  db?: readonly ReturnType<typeof tcp>[];
}): Site {
  return {
    interfaces: [web, database],
    vpc: vpc({
      subnets: [subnet("subnet-0", "10.0.0.0/24"), subnet("subnet-1", "10.0.1.0/24", { aclId: "acl-db" })],
      acls: [
        { id: "acl-open", entries: [aclEntry(), aclEntry({ egress: true })] },
        {
          id: "acl-db",
          entries: [
            aclEntry({ protocol: "6", cidr: "10.0.0.0/24", fromPort: 3_306, toPort: 3_306 }),
            aclEntry({ egress: true, protocol: "6", fromPort: 1_024, toPort: 65_535 }),
          ],
        },
      ],
      securityGroups: [
        { id: "sg-web", name: "web", rules: [...(rules.web ?? [everyEgress])] },
        { id: "sg-db", name: "db", rules: [...(rules.db ?? [tcp(3_306, { groups: ["sg-web"] })])] },
      ],
    }),
  };
}

function reaches(site: Site, from: typeof web, to: typeof web, traffic: Traffic): boolean {
  const compiled = new Interpreter(inputOf(site)).connects(from, to.privateIp, traffic);
  expect(new AwsModel(site.vpc, site.interfaces).connects(from, to.privateIp, traffic)).to.equal(compiled);
  return compiled;
}

describe("security groups and ACLs", () => {
  it("allow a reply by the group's state, but by an ACL only with its ephemeral ports", () => {
    expect(reaches(pair({}), web, database, mysql)).to.equal(true);
    expect(reaches(pair({}), web, database, { ...mysql, from: 1_000 })).to.equal(false);
    expect(reaches(pair({}), database, web, mysql)).to.equal(false);
  });

  it("need a rule of the client and one of the server", () => {
    expect(reaches(pair({ web: [] }), web, database, mysql)).to.equal(false);
    expect(reaches(pair({ db: [] }), web, database, mysql)).to.equal(false);
    const exact = pair({ web: [tcp(3_306, { egress: true, groups: ["sg-db"] })] });
    expect(reaches(exact, web, database, mysql)).to.equal(true);
    expect(reaches(exact, web, database, { ...mysql, to: 3_307 })).to.equal(false);
  });

  it("know every protocol by its number", () => {
    const text = rulesetText(
      inputOf(pair({ db: [groupRule({ protocol: "50" }), groupRule({ protocol: "icmp" })] })),
    );
    expect(text).to.contain("ip protocol 50 return").and.to.contain("ip protocol 1 return");
  });

  it("drop everything of an interface without a group", () => {
    const bare = { ...web, groups: [] };
    const site = { ...pair({}), interfaces: [bare, database] };
    expect(reaches(site, bare, database, mysql)).to.equal(false);
  });

  it("open the resolver only with enableDnsSupport", () => {
    const site = pair({});
    expect(rulesetText(inputOf(site))).to.contain(
      "ip daddr 10.0.0.2 meta l4proto { tcp, udp } th dport 53 accept",
    );
    const without = { ...site, vpc: { ...site.vpc, dnsSupport: false } };
    expect(rulesetText(inputOf(without))).not.to.contain("dport 53");
  });
});
