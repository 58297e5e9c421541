import { expect } from "chai";

import { defaultSecurityGroup } from "../../../../localAws/providers/aws/ec2/defaultSecurityGroup";
import { instanceConnectEndpoint } from "../../../../localAws/providers/aws/ec2/instanceConnectEndpoint";
import { networkAcl } from "../../../../localAws/providers/aws/ec2/networkAcl";
import { networkAclAssociation } from "../../../../localAws/providers/aws/ec2/networkAclAssociation";
import { networkAclRule } from "../../../../localAws/providers/aws/ec2/networkAclRule";
import { securityGroup } from "../../../../localAws/providers/aws/ec2/securityGroup";
import {
  securityGroupEgressRule,
  securityGroupIngressRule,
} from "../../../../localAws/providers/aws/ec2/securityGroupRules";
import { subnet } from "../../../../localAws/providers/aws/ec2/subnet";
import { vpc } from "../../../../localAws/providers/aws/ec2/vpc";
import { emulatedAccount } from "./emulated";
import { change, driftOf, end, expectInStep, make, preview, problemsOf, refresh, type Kept } from "./life";

const http = {
  action: "allow",
  cidrBlock: "0.0.0.0/0",
  fromPort: 80,
  protocol: "tcp",
  ruleNo: 100,
  toPort: 80,
};
const everything = { ...http, fromPort: 0, protocol: "-1", ruleNo: 200, toPort: 0 };

describe("EC2's network rules on the emulator", () => {
  const account = emulatedAccount();
  let network: Kept;
  let first: Kept;
  let second: Kept;

  before(async () => {
    const { aws } = account;
    network = await make(aws, vpc, { cidrBlock: "10.50.0.0/16" });
    first = await make(aws, subnet, { vpcId: network.id, cidrBlock: "10.50.0.0/24" });
    second = await make(aws, subnet, { vpcId: network.id, cidrBlock: "10.50.1.0/24" });
  });

  it("manage a network ACL, change entries and subnets in place, detect drift", async () => {
    const { aws } = account;
    const inputs = {
      egress: [everything],
      ingress: [http, everything],
      subnetIds: [first.id],
      tags: { Name: "public" },
      vpcId: network.id,
    };
    let kept = await make(aws, networkAcl, inputs);
    await expectInStep(aws, kept);
    const ssh = { ...http, cidrBlock: "203.0.113.0/24", fromPort: 22, ruleNo: 110, toPort: 22 };
    kept = await change(aws, kept, {
      ...inputs,
      ingress: [ssh, { ...http, fromPort: 8080, toPort: 8080 }],
      subnetIds: [second.id],
    });
    await expectInStep(aws, kept);
    expect(preview(kept, { ...inputs, vpcId: "vpc-1" }).replaced).to.deep.equal(["vpcId"]);

    const ec2 = await aws.ec2();
    await ec2.deleteNetworkAclEntry({ NetworkAclId: kept.id, Egress: false, RuleNumber: 110 });
    expect(await driftOf(aws, kept)).to.deep.equal(["ingress"]);
    await end(aws, kept);
    const { NetworkAcls } = await ec2.describeNetworkAcls({
      Filters: [{ Name: "association.subnet-id", Values: [second.id] }],
    });
    expect(NetworkAcls?.[0]?.IsDefault).to.equal(true);
  });

  it("accept actions and protocols in any case, as names or numbers, without a difference", async () => {
    const { aws } = account;
    const written = { ...http, action: "DENY", protocol: "TCP" };
    const acl = await make(aws, networkAcl, { ingress: [written], vpcId: network.id });
    await expectInStep(aws, acl);
    expect(acl.state["ingress"]).to.deep.equal([{ ...http, action: "deny", protocol: "6" }]);
    const same = { ingress: [{ ...http, action: "deny", protocol: "6" }], vpcId: network.id };
    expect(preview(acl, same).changed).to.deep.equal([]);
    const group = await make(aws, securityGroup, { vpcId: network.id });
    const inputs = {
      cidrIpv4: "10.0.0.0/8",
      fromPort: 80,
      ipProtocol: "TCP",
      securityGroupId: group.id,
      toPort: 80,
    };
    const rule = await make(aws, securityGroupIngressRule, inputs);
    await expectInStep(aws, rule);
    expect(rule.state["ipProtocol"]).to.equal("tcp");
    expect(preview(rule, { ...inputs, ipProtocol: "6" }).changed).to.deep.equal([]);
    expect(preview(rule, { ...inputs, ipProtocol: "udp" }).changed).to.deep.equal(["ipProtocol"]);
    for (const kept of [rule, group, acl]) await end(aws, kept);
  });

  it("name the property of a wrong entry", () => {
    const wrong = {
      action: "allow",
      cidrBlock: "0.0.0.0/0",
      fromPort: 80,
      port: 80,
      protocol: "tcp",
      ruleNo: 1,
    };
    const problems = problemsOf(networkAcl, { vpcId: "vpc-1", ingress: [http, wrong] });
    expect(problems.map(({ property }) => property)).to.deep.equal(["ingress[1].port", "ingress[1].toPort"]);
  });

  it("manage a rule and an association as separate resources", async () => {
    const { aws } = account;
    const acl = await make(aws, networkAcl, { vpcId: network.id });
    const rule = await make(aws, networkAclRule, {
      cidrBlock: "0.0.0.0/0",
      egress: true,
      fromPort: 443,
      networkAclId: acl.id,
      protocol: "tcp",
      ruleAction: "allow",
      ruleNumber: 100,
      toPort: 443,
    });
    await expectInStep(aws, rule);
    expect(preview(rule, { ...rule.inputs, toPort: 444 }).replaced).to.deep.equal(["toPort"]);
    // The ACL has no entries or subnets in the program, so separate ones are no difference.
    expect(await driftOf(aws, acl)).to.deep.equal([]);
    const link = await make(aws, networkAclAssociation, { networkAclId: acl.id, subnetId: first.id });
    await expectInStep(aws, link);
    await end(aws, link);
    await end(aws, rule);
    await end(aws, acl);
  });

  it("manage security groups that allow only their rules' traffic", async () => {
    const { aws } = account;
    const servers = await make(aws, securityGroup, { vpcId: network.id, tags: { Name: "servers" } });
    let balancer = await make(aws, securityGroup, {
      name: "balancer",
      vpcId: network.id,
      description: "Visitors in",
    });
    await expectInStep(aws, servers);
    expect(servers.state).to.include({ description: "Managed by Pulumi", name: servers.inputs["name"] });
    const ec2 = await aws.ec2();
    const { SecurityGroups } = await ec2.describeSecurityGroups({ GroupIds: [servers.id] });
    expect(SecurityGroups?.[0]?.IpPermissionsEgress).to.deep.equal([]);
    balancer = await change(aws, balancer, { ...balancer.inputs, tags: { Name: "balancer" } });
    await expectInStep(aws, balancer);
    expect(preview(balancer, { ...balancer.inputs, description: "Other" }).replaced).to.deep.equal([
      "description",
    ]);

    const inputs = {
      description: "HTTP from the load balancer",
      fromPort: 80,
      ipProtocol: "tcp",
      referencedSecurityGroupId: balancer.id,
      securityGroupId: servers.id,
      tags: { Name: "http" },
      toPort: 80,
    };
    let rule = await make(aws, securityGroupIngressRule, inputs);
    await expectInStep(aws, rule);
    rule = await change(aws, rule, { ...inputs, fromPort: 8080, toPort: 8080, tags: { Name: "web" } });
    await expectInStep(aws, rule);
    const out = await make(aws, securityGroupEgressRule, {
      cidrIpv4: "0.0.0.0/0",
      ipProtocol: "-1",
      securityGroupId: servers.id,
    });
    await expectInStep(aws, out);

    await ec2.revokeSecurityGroupIngress({ GroupId: servers.id, SecurityGroupRuleIds: [rule.id] });
    expect(await refresh(aws, rule)).to.equal(undefined);
    for (const kept of [rule, out, servers, balancer]) await end(aws, kept);
  });

  it("manage the rules of a security group's own lists, in any grouping, and detect drift", async () => {
    const { aws } = account;
    const web = {
      cidrBlocks: ["10.0.0.0/8", "192.0.2.0/24"],
      fromPort: 80,
      protocol: "TCP",
      toPort: 80,
    };
    const office = { ...web, cidrBlocks: ["203.0.113.0/24"], description: "Office" };
    const inputs = {
      name: "listed",
      vpcId: network.id,
      ingress: [web, office, { fromPort: 0, protocol: "-1", self: true, toPort: 0 }],
      egress: [{ ipv6CidrBlocks: ["::/0"], fromPort: 443, protocol: "tcp", toPort: 443 }],
    };
    let kept = await make(aws, securityGroup, inputs);
    await expectInStep(aws, kept);
    const sameInOtherOrder = { ...web, protocol: "6", cidrBlocks: ["192.0.2.0/24", "10.0.0.0/8"] };
    expect(
      preview(kept, { ...kept.inputs, ingress: [office, ...inputs.ingress.slice(2), sameInOtherOrder] })
        .changed,
    ).to.deep.equal([]);

    kept = await change(aws, kept, { ...kept.inputs, ingress: [office], egress: [] });
    await expectInStep(aws, kept);
    const ec2 = await aws.ec2();
    const { SecurityGroups } = await ec2.describeSecurityGroups({ GroupIds: [kept.id] });
    expect(SecurityGroups?.[0]?.IpPermissions?.map(({ IpRanges }) => IpRanges)).to.deep.equal([
      [{ CidrIp: "203.0.113.0/24", Description: "Office" }],
    ]);
    expect(SecurityGroups?.[0]?.IpPermissionsEgress).to.deep.equal([]);

    await ec2.authorizeSecurityGroupIngress({
      GroupId: kept.id,
      IpPermissions: [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
    });
    expect(await driftOf(aws, kept)).to.deep.equal(["ingress"]);
    await end(aws, kept);
  });

  it("leave the rules of a direction alone that the security group does not list", async () => {
    const { aws } = account;
    const kept = await make(aws, securityGroup, { name: "listless", vpcId: network.id, egress: [] });
    const rule = await make(aws, securityGroupIngressRule, {
      cidrIpv4: "10.0.0.0/8",
      fromPort: 80,
      ipProtocol: "tcp",
      securityGroupId: kept.id,
      toPort: 80,
    });
    await expectInStep(aws, kept);
    await expectInStep(aws, rule);
    for (const each of [rule, kept]) await end(aws, each);
  });

  it("refuse a rule without a source or with two", () => {
    const inputs = { ipProtocol: "tcp", fromPort: 80, toPort: 80, securityGroupId: "sg-1" };
    expect(problemsOf(securityGroupIngressRule, inputs)).to.have.length(1);
    expect(
      problemsOf(securityGroupIngressRule, { ...inputs, cidrIpv4: "10.0.0.0/8", cidrIpv6: "::/0" }),
    ).to.deep.equal([
      {
        property: "cidrIpv6",
        reason:
          "exactly one of cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId, not cidrIpv4 and cidrIpv6",
      },
    ]);
  });

  it("remove the rules of the VPC's default group, and do not delete it", async () => {
    const { aws } = account;
    let kept = await make(aws, defaultSecurityGroup, { vpcId: network.id, tags: { Name: "closed" } });
    await expectInStep(aws, kept);
    kept = await change(aws, kept, { vpcId: network.id, tags: { Name: "shut" } });
    const ec2 = await aws.ec2();
    const { SecurityGroups } = await ec2.describeSecurityGroups({ GroupIds: [kept.id] });
    expect(SecurityGroups?.[0]?.IpPermissions).to.deep.equal([]);
    expect(SecurityGroups?.[0]?.IpPermissionsEgress).to.deep.equal([]);
    await defaultSecurityGroup.delete(aws, kept.id, kept.state);
    expect(await refresh(aws, kept)).not.to.equal(undefined);
  });

  it("manage an Instance Connect Endpoint", async () => {
    const { aws } = account;
    const group = await make(aws, securityGroup, { name: "connect", vpcId: network.id });
    const inputs = {
      preserveClientIp: false,
      securityGroupIds: [group.id],
      subnetId: first.id,
      tags: { Name: "connect" },
    };
    let kept = await make(aws, instanceConnectEndpoint, inputs);
    await expectInStep(aws, kept);
    kept = await change(aws, kept, { ...inputs, tags: { Name: "ssh" } });
    await expectInStep(aws, kept);
    expect(preview(kept, { ...inputs, subnetId: second.id }).replaced).to.deep.equal(["subnetId"]);
    await end(aws, kept);
    await end(aws, group);
  });
});
