import { expect } from "chai";

import { httpOnlyFromLoadBalancer } from "../../../policies/guardrails/rules/httpOnlyFromLoadBalancer";
import { itPassesStack, itRefusesStack } from "../support/expectations";
import { among, fixture, spoil, unknown } from "../support/fixture";
import { judgeStack } from "../support/judge";
import {
  httpRule,
  loadBalancerGroup,
  otherGroup,
  replacing,
  serverGroup,
  site,
  template,
  without,
} from "../support/site";

const allowed = "the load balancer's security group";
const rule = httpOnlyFromLoadBalancer;
const target = { securityGroupId: [serverGroup] };

describe("http-only-from-load-balancer", () => {
  itPassesStack(rule, "HTTP from the load balancer's group", site);
  itRefusesStack(
    rule,
    "HTTP from another group",
    replacing(among(httpRule, { ...target, referencedSecurityGroupId: [otherGroup] })),
    { of: httpRule, at: "referencedSecurityGroupId", value: "other", allowed },
  );
  for (const [port, covering] of [
    [443, {}],
    [8080, {}],
    [80, { ipProtocol: "-1" }],
  ] as const) {
    const changed = spoil(httpRule, {
      fromPort: port,
      toPort: port,
      referencedSecurityGroupId: undefined,
      cidrIpv4: "10.0.0.0/8",
      ...covering,
    });
    itRefusesStack(rule, `port ${String(port)} from addresses`, replacing(among(changed, target)), {
      of: httpRule,
      at: "cidrIpv4",
      value: "10.0.0.0/8",
      allowed,
    });
  }
  itRefusesStack(
    rule,
    "HTTP from a prefix list",
    replacing(among(spoil(httpRule, { referencedSecurityGroupId: undefined, prefixListId: "pl-1" }), target)),
    { of: httpRule, at: "prefixListId", value: "pl-1", allowed },
  );
  itRefusesStack(
    rule,
    "HTTP from a group of another stack",
    replacing(among(spoil(httpRule, { referencedSecurityGroupId: "sg-elsewhere" }), target)),
    { of: httpRule, at: "referencedSecurityGroupId", value: "sg-elsewhere", allowed },
  );
  itPassesStack(rule, "SSH, and HTTP to other resources", [
    ...site,
    among(spoil({ ...httpRule, urn: "ssh" }, { fromPort: 22, toPort: 22, cidrIpv4: "10.0.0.0/8" }), target),
    among(
      spoil(
        { ...httpRule, urn: "visitors" },
        { referencedSecurityGroupId: undefined, cidrIpv4: "0.0.0.0/0" },
      ),
      { securityGroupId: [loadBalancerGroup] },
    ),
  ]);

  const classic = fixture("aws:ec2/securityGroupRule:SecurityGroupRule", "classic", {
    type: "ingress",
    protocol: "tcp",
    fromPort: 80,
    toPort: 80,
    securityGroupId: unknown,
    sourceSecurityGroupId: unknown,
  });
  itPassesStack(rule, "a SecurityGroupRule from the load balancer's group", [
    ...site,
    among(classic, { ...target, sourceSecurityGroupId: [loadBalancerGroup] }),
  ]);
  itRefusesStack(
    rule,
    "a SecurityGroupRule from another group",
    [...site, among(classic, { ...target, sourceSecurityGroupId: [otherGroup] })],
    { of: classic, at: "sourceSecurityGroupId", value: "other", allowed },
  );

  const inline = (ingress: object) => [{ protocol: "tcp", fromPort: 80, toPort: 80, ...ingress }];
  itRefusesStack(
    rule,
    "an inline rule from addresses",
    replacing({ ...serverGroup, props: { ingress: inline({ cidrBlocks: ["10.0.0.0/8"] }) } }),
    { of: serverGroup, at: "ingress[0].cidrBlocks[0]", value: "10.0.0.0/8", allowed },
  );

  it("compares the groups of an inline rule by their known ids", async () => {
    const known = (source: string) =>
      replacing({ ...serverGroup, props: { ingress: inline({ securityGroups: [source] }) } }).map((each) =>
        each.urn === loadBalancerGroup.urn ? { ...each, props: { id: "sg-alb" } } : each,
      );
    expect((await judgeStack(rule, known("sg-alb"))).violations).to.deep.equal([]);
    expect((await judgeStack(rule, known("sg-other"))).violations).to.have.length(1);
    expect((await judgeStack(rule, known(unknown))).unknown).to.contain("ingress.0.securityGroups");
  });

  itRefusesStack(rule, "servers in security groups of another stack", without(serverGroup, httpRule), {
    of: template,
    at: "networkInterfaces",
    value: undefined,
    allowed: "security groups of this stack, so that their rules are known",
  });

  const classicBalancer = among(
    fixture("aws:elb/loadBalancer:LoadBalancer", "classic", { securityGroups: [unknown] }),
    {
      securityGroups: [otherGroup],
    },
  );
  itPassesStack(rule, "HTTP from a Classic Load Balancer's group", [
    classicBalancer,
    ...replacing(among(httpRule, { ...target, referencedSecurityGroupId: [otherGroup] })),
  ]);
  const wide = (change: object) => [
    ...site,
    among(
      spoil(
        { ...httpRule, urn: "wide" },
        { fromPort: 22, toPort: 22, referencedSecurityGroupId: undefined, cidrIpv4: "0.0.0.0/0", ...change },
      ),
      target,
    ),
  ];
  for (const ipProtocol of ["tcp", "udp"]) {
    itRefusesStack(rule, `another ${ipProtocol} port from the internet`, wide({ ipProtocol }), {
      of: httpRule,
      at: "cidrIpv4",
      value: "0.0.0.0/0",
      allowed,
    });
  }
  itPassesStack(rule, "ICMP from everywhere", wide({ ipProtocol: "icmp", fromPort: -1, toPort: -1 }));
  itRefusesStack(
    rule,
    "HTTP/3",
    wide({ ipProtocol: "udp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/8" }),
    {
      of: httpRule,
      at: "cidrIpv4",
      value: "10.0.0.0/8",
      allowed,
    },
  );

  it("does not judge a rule whose group a preview may not tell from others", async () => {
    const doubtful = among(httpRule, {
      securityGroupId: [serverGroup, otherGroup],
      referencedSecurityGroupId: [otherGroup],
    });
    const verdict = await judgeStack(rule, replacing(doubtful));
    expect(verdict.violations).to.deep.equal([]);
    expect(verdict.unknown).to.contain("securityGroupId");
  });

  it("does not judge a source that may be another group", async () => {
    const doubtful = among(httpRule, {
      ...target,
      referencedSecurityGroupId: [loadBalancerGroup, otherGroup],
    });
    const verdict = await judgeStack(rule, replacing(doubtful));
    expect(verdict.violations).to.deep.equal([]);
    expect(verdict.unknown).to.contain("referencedSecurityGroupId");
  });
});
