import { unknownCheckingProxy } from "@pulumi/policy/proxy";
import { expect } from "chai";

import type { AnyResource } from "../../../../policies/support/resourceTypes";
import { collect, isUnknownValue } from "../../../../policies/support/unknown";
import {
  ingressRulesOf,
  letsIn,
  protocolName,
  type IngressRule,
} from "../../../../policies/support/views/ingress";
import { acceleratedPorts, openListeners } from "../../../../policies/support/views/openListeners";
import { among, anyFixture, unknown } from "../fixture";

const texts = (located: ReturnType<IngressRule["ranges"]>) =>
  located.known.map(({ at, value }) => `${at} ${value}`);
const rulesIn = (type: string, props: object) =>
  [...ingressRulesOf(anyFixture(type, "one", props))].map((rule) => ({
    allows: [rule.protocol(), ...rule.ports()].join(" "),
    ranges: texts(rule.ranges()),
    prefixLists: texts(rule.prefixLists()),
    groups: texts(rule.groups()),
    self: rule.self(),
  }));
const none = { ranges: [], prefixLists: [], groups: [], self: undefined };

describe("the ingress rules of a resource", () => {
  const inline = {
    ...{
      protocol: "TCP",
      fromPort: 80,
      toPort: "81",
      cidrBlocks: ["10.0.0.0/8"],
      ipv6CidrBlocks: ["fd00::/8"],
    },
    ...{ prefixListIds: ["pl-1"], securityGroups: ["sg-1"], self: true },
  };
  for (const type of [
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  ]) {
    it(`are those in the own list of ${type}`, () => {
      expect(rulesIn(type, { ingress: [{ protocol: "-1", fromPort: 0, toPort: 0 }, inline] })).to.deep.equal([
        { ...none, allows: "all 0 0" },
        {
          allows: "tcp 80 81",
          ranges: ["ingress[1].cidrBlocks[0] 10.0.0.0/8", "ingress[1].ipv6CidrBlocks[0] fd00::/8"],
          prefixLists: ["ingress[1].prefixListIds[0] pl-1"],
          groups: ["ingress[1].securityGroups[0] sg-1"],
          self: "ingress[1].self",
        },
      ]);
      expect(rulesIn(type, {})).to.deep.equal([]);
    });
  }

  it("are a rule of the older type, if it is for ingress", () => {
    const type = "aws:ec2/securityGroupRule:SecurityGroupRule";
    const rule = {
      protocol: "udp",
      fromPort: 53,
      toPort: 53,
      cidrBlocks: ["0.0.0.0/0"],
      sourceSecurityGroupId: "sg-1",
    };
    expect(rulesIn(type, { ...rule, type: "ingress", self: false })).to.deep.equal([
      {
        ...none,
        allows: "udp 53 53",
        ranges: ["cidrBlocks[0] 0.0.0.0/0"],
        groups: ["sourceSecurityGroupId sg-1"],
      },
    ]);
    expect(rulesIn(type, { ...rule, type: "egress" })).to.deep.equal([]);
  });

  it("are a rule of the newer type, with all ports if it has none", () => {
    const type = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    const sources = {
      cidrIpv4: "10.0.0.0/8",
      cidrIpv6: "::/0",
      prefixListId: "pl-1",
      referencedSecurityGroupId: "sg-1",
    };
    expect(rulesIn(type, { ipProtocol: "17", ...sources })).to.deep.equal([
      {
        ...{ allows: "udp 0 65535", ranges: ["cidrIpv4 10.0.0.0/8", "cidrIpv6 ::/0"], self: undefined },
        ...{ prefixLists: ["prefixListId pl-1"], groups: ["referencedSecurityGroupId sg-1"] },
      },
    ]);
    expect(rulesIn(type, { ipProtocol: "tcp", fromPort: 22, toPort: 23 })).to.deep.equal([
      { ...none, allows: "tcp 22 23" },
    ]);
    expect(() => rulesIn(type, {})).to.throw("ipProtocol is not set");
  });

  it("are SSH from the internet to a node group of EKS with a key, unless it has source groups", () => {
    const type = "aws:eks/nodeGroup:NodeGroup";
    const at = "remoteAccess.sourceSecurityGroupIds";
    expect(rulesIn(type, { remoteAccess: { ec2SshKey: "mine" } })).to.deep.equal([
      { ...none, allows: "tcp 22 22", ranges: [`${at} 0.0.0.0/0`, `${at} ::/0`] },
    ]);
    expect(
      rulesIn(type, { remoteAccess: { ec2SshKey: "mine", sourceSecurityGroupIds: ["sg-1"] } }),
    ).to.deep.equal([{ ...none, allows: "tcp 22 22", groups: [`${at}[0] sg-1`] }]);
    expect(rulesIn(type, { remoteAccess: {} })).to.deep.equal([]);
    expect(rulesIn(type, {})).to.deep.equal([]);
    const remoteAccess = { ec2SshKey: "mine", sourceSecurityGroupIds: [unknown] };
    const [rule] = ingressRulesOf(anyFixture(type, "one", unknownCheckingProxy({ remoteAccess })));
    expect(rule?.ranges()).to.deep.equal({ known: [], unknown: [] });
  });

  it("are the public ports of Lightsail, from the internet without ranges", () => {
    const type = "aws:lightsail/instancePublicPorts:InstancePublicPorts";
    const ports = { protocol: "tcp", fromPort: 22, toPort: 22 };
    const portInfos = [
      ports,
      { ...ports, cidrs: ["10.0.0.0/8"], ipv6Cidrs: ["fd00::/8"] },
      { ...ports, cidrListAliases: ["lightsail-connect"] },
    ];
    const at = "portInfos[0].cidrs";
    expect(rulesIn(type, { portInfos })).to.deep.equal([
      { ...none, allows: "tcp 22 22", ranges: [`${at} 0.0.0.0/0`, `${at} ::/0`] },
      {
        ...{ ...none, allows: "tcp 22 22" },
        ranges: ["portInfos[1].cidrs[0] 10.0.0.0/8", "portInfos[1].ipv6Cidrs[0] fd00::/8"],
      },
      { ...none, allows: "tcp 22 22" },
    ]);
    expect(() => rulesIn(type, { portInfos: [{}] })).to.throw("portInfos[0].protocol is not set");
    expect(() => rulesIn(type, {})).to.throw("portInfos is not set");
  });

  it("are the SSH restriction of Elastic Beanstalk, a range or a group", () => {
    const settings = ["tcp, 22, 22, 0.0.0.0/0", "tcp,22,22,sg-1"].map((value) => ({
      ...{ namespace: "aws:autoscaling:launchconfiguration", name: "SSHSourceRestriction", value },
    }));
    expect(rulesIn("aws:elasticbeanstalk/environment:Environment", { settings })).to.deep.equal([
      { ...none, allows: "tcp 22 22", ranges: ["settings[0].value 0.0.0.0/0"] },
      { ...none, allows: "tcp 22 22", groups: ["settings[1].value sg-1"] },
    ]);
    expect(rulesIn("aws:s3/bucket:Bucket", { ingress: [inline], portInfos: [{}], settings })).to.deep.equal(
      [],
    );
  });

  it("are those that a preview knows, then the unknown ones are reported", () => {
    const ingress = [unknown, { protocol: "tcp", fromPort: 1, toPort: 1 }];
    const props = unknownCheckingProxy({ ingress });
    const { items, unknown: error } = collect(
      ingressRulesOf(anyFixture("aws:ec2/securityGroup:SecurityGroup", "one", props)),
    );
    expect(items.map((rule) => rule.protocol())).to.deep.equal(["tcp"]);
    expect(isUnknownValue(error)).to.equal(true);
  });

  it("are none where the provider computes the list, and not known where another resource does", () => {
    const group = anyFixture(
      "aws:ec2/securityGroup:SecurityGroup",
      "one",
      unknownCheckingProxy({ ingress: unknown }),
    );
    const isKnown = (resource: AnyResource) => collect(ingressRulesOf(resource)).unknown === undefined;
    expect(isKnown(among(group, {}))).to.equal(true);
    expect(isKnown(among(group, { ingress: [] }))).to.equal(true);
    expect(isKnown(among(group, { ingress: [among(anyFixture("a:b:C", "other"), {})] }))).to.equal(false);
    expect(isKnown(group)).to.equal(false);
  });
});

describe("an ingress rule", () => {
  const rule = (protocol: string, from: number, to: number) => ({
    ...{ protocol: () => protocol, ports: (): readonly [number, number] => [from, to] },
  });

  it("lets in a port of its protocol, between its first and its last", () => {
    expect(letsIn("tcp", 22, rule("tcp", 22, 22))).to.equal(true);
    expect(letsIn("tcp", 22, rule("tcp", 0, 21))).to.equal(false);
    expect(letsIn("tcp", 22, rule("tcp", 23, 99))).to.equal(false);
    expect(letsIn("tcp", 22, rule("udp", 22, 22))).to.equal(false);
    expect(letsIn("tcp", 22, rule("all", 0, 0))).to.equal(true);
  });

  it("has a protocol in any case and by IANA's number", () => {
    const names = ["-1", "6", "17", " TCP ", "icmp", "50"].map(protocolName);
    expect(names).to.deep.equal(["all", "tcp", "udp", "tcp", "icmp", "50"]);
  });
});

describe("a listener that no security group protects", () => {
  const balancer = (name: string, props: object) =>
    among(
      anyFixture("aws:lb/loadBalancer:LoadBalancer", name, { loadBalancerType: "network", ...props }),
      {},
    );
  const listener = (name: string, of: ReturnType<typeof balancer>, props: object) =>
    among(anyFixture("aws:lb/listener:Listener", name, props), { loadBalancerArn: [of] });
  const open = balancer("open", { securityGroups: [] });
  const closed = balancer("closed", { securityGroups: ["sg-1"] });
  const internal = balancer("internal", { internal: true });
  const application = balancer("application", { loadBalancerType: "application" });
  const props = unknownCheckingProxy({ loadBalancerType: "network", securityGroups: unknown });
  const computed = among(anyFixture("aws:lb/loadBalancer:LoadBalancer", "computed", props), {});
  const unset = balancer("unset", {});

  it("is one of a public network load balancer without groups", () => {
    const stack = [
      ...[open, closed, internal, application, computed, unset],
      ...[closed, internal, application, computed].map((of) =>
        listener(of.name, of, { protocol: "TCP", port: 22 }),
      ),
      listener("both", open, { protocol: "TCP_UDP", port: 53 }),
      listener("udp", unset, { protocol: "UDP", port: 53 }),
      listener("quic", unset, { protocol: "QUIC", port: 443 }),
      listener("tls", unset, { protocol: "TLS", port: "443" }),
      listener("portless", unset, { protocol: "TCP" }),
    ];
    const found = [...openListeners(stack)].map(({ resource, at, ports }) => [
      resource.name,
      at,
      ...ports.map((each) => [each.protocol(), ...each.ports()].join(" ")),
    ]);
    expect(found).to.deep.equal([
      ["both", "port", "tcp 53 53", "udp 53 53"],
      ["udp", "port", "udp 53 53"],
      ["quic", "port", "udp 443 443"],
      ["tls", "port", "tcp 443 443"],
    ]);
  });

  it("is one of Global Accelerator", () => {
    const arn = "arn:aws:globalaccelerator::1:accelerator/a";
    const ports = acceleratedPorts({
      acceleratorArn: arn,
      protocol: "UDP",
      portRanges: [{ fromPort: 1, toPort: 2 }],
    });
    expect(ports.map((each) => [each.protocol(), ...each.ports()])).to.deep.equal([["udp", 1, 2]]);
  });
});
