import { unknownCheckingProxy } from "@pulumi/policy/proxy";
import { expect } from "chai";

import type { StackResource } from "../../../../policies/support/stack";
import { serverSourcesOf } from "../../../../policies/support/views/fleets";
import { among, anyFixture, unknown } from "../fixture";

const shown = (
  type: string,
  name: string,
  props: object = {},
  dependencies: StackResource["propertyDependencies"] = {},
) => among(anyFixture(type, name, unknownCheckingProxy(props)), dependencies);
const template = (props: object) => shown("aws:ec2/launchTemplate:LaunchTemplate", "template", props);
const configuration = shown("aws:ec2/launchConfiguration:LaunchConfiguration", "configuration", {
  securityGroups: ["sg-1"],
});
const network = shown("aws:ec2/networkInterface:NetworkInterface", "interface", { securityGroups: ["sg-2"] });
const group = (dependencies: StackResource["propertyDependencies"]) =>
  shown("aws:autoscaling/group:Group", "group", {}, dependencies);
const instance = (props: object, dependencies: StackResource["propertyDependencies"] = {}) =>
  shown("aws:ec2/instance:Instance", "server", props, dependencies);
const target = (of: StackResource) =>
  shown("aws:lb/targetGroupAttachment:TargetGroupAttachment", "target", {}, { targetId: [of] });

/** Each source with its kind and its groups; `?` for each unknown one. */
const sourcesIn = (...stack: readonly StackResource[]) =>
  serverSourcesOf(stack).map(({ resource, isFleet, groups }) => [
    `${resource.name}${isFleet ? " of a fleet" : ""}`,
    ...groups.flatMap(({ texts }) => [
      ...texts.known.map(({ at, value }) => `${at} ${value}`),
      ...texts.unknown.map(() => "?"),
    ]),
  ]);

describe("what sets the security groups of servers", () => {
  const ids = { vpcSecurityGroupIds: ["sg-1"] };

  for (const property of ["launchTemplate", "mixedInstancesPolicy"]) {
    it(`is the template of a group by ${property}`, () => {
      const used = template(ids);
      expect(sourcesIn(used, group({ [property]: [used] }))).to.deep.equal([
        ["template of a fleet", "vpcSecurityGroupIds[0] sg-1"],
      ]);
    });
  }

  it("is no template without a user", () => {
    expect(sourcesIn(template(ids), configuration, network, group({}))).to.deep.equal([]);
  });

  it("is the launch configuration of a group", () => {
    expect(sourcesIn(configuration, group({ launchConfiguration: [configuration] }))).to.deep.equal([
      ["configuration of a fleet", "securityGroups[0] sg-1"],
    ]);
  });

  it("is a template with interfaces, names and ids", () => {
    const used = template({
      networkInterfaces: [{}, { securityGroups: ["sg-1"] }],
      securityGroupNames: ["web"],
      ...ids,
    });
    expect(sourcesIn(used, group({ launchTemplate: [used] }))).to.deep.equal([
      [
        "template of a fleet",
        "networkInterfaces[1].securityGroups[0] sg-1",
        "vpcSecurityGroupIds[0] sg-1",
        "securityGroupNames[0] web",
      ],
    ]);
    const unread = template({ networkInterfaces: unknown });
    expect(sourcesIn(unread, group({ launchTemplate: [unread] }))).to.deep.equal([
      ["template of a fleet", "?"],
    ]);
  });

  it("is a fleet of EC2 or Spot, which is one of the site only behind a load balancer", () => {
    const used = template(ids);
    const fleet = shown("aws:ec2/fleet:Fleet", "fleet", {}, { launchTemplateConfigs: [used] });
    expect(sourcesIn(used, fleet)).to.deep.equal([["template", "vpcSecurityGroupIds[0] sg-1"]]);
    const spot = (props: object) =>
      sourcesIn(
        shown("aws:ec2/spotFleetRequest:SpotFleetRequest", "spot", {
          ...{ launchSpecifications: [{ vpcSecurityGroupIds: ["sg-1"] }] },
          ...props,
        }),
      );
    const at = "launchSpecifications[0].vpcSecurityGroupIds[0] sg-1";
    expect(spot({})).to.deep.equal([["spot", at]]);
    expect(spot({ targetGroupArns: ["a"] })).to.deep.equal([["spot of a fleet", at]]);
    expect(spot({ loadBalancers: ["a"] })).to.deep.equal([["spot of a fleet", at]]);
    expect(spot({ launchSpecifications: undefined })).to.deep.equal([]);
  });

  it("is one of a fleet if one of its users is one, and is listed once", () => {
    const used = template(ids);
    const fleet = shown("aws:ec2/fleet:Fleet", "fleet", {}, { launchTemplateConfigs: [used] });
    const expected = [["template of a fleet", "vpcSecurityGroupIds[0] sg-1"]];
    expect(sourcesIn(used, fleet, group({ launchTemplate: [used] }))).to.deep.equal(expected);
    expect(sourcesIn(used, group({ launchTemplate: [used] }), fleet)).to.deep.equal(expected);
  });

  for (const [type, property] of [
    ["aws:lb/targetGroupAttachment:TargetGroupAttachment", "targetId"],
    ["aws:elb/attachment:Attachment", "instance"],
    ["aws:elb/loadBalancer:LoadBalancer", "instances"],
  ] as const) {
    it(`is an instance that ${type} has as ${property}`, () => {
      const server = instance({ vpcSecurityGroupIds: ["sg-1"], securityGroups: ["web"] });
      const user = shown(type, "user", {}, { [property]: [server] });
      const expected = [["server", "vpcSecurityGroupIds[0] sg-1", "securityGroups[0] web"]];
      expect(sourcesIn(server, user)).to.deep.equal(expected);
      expect(sourcesIn(server)).to.deep.equal([]);
    });
  }

  it("is a requested Spot Instance that is a target", () => {
    const server = shown("aws:ec2/spotInstanceRequest:SpotInstanceRequest", "spot", ids);
    expect(sourcesIn(server, target(server))).to.deep.equal([["spot", "vpcSecurityGroupIds[0] sg-1"]]);
  });

  it("is an instance's template, and the instance only with groups of its own", () => {
    const used = template(ids);
    const bare = instance({ launchTemplate: { id: "lt-1" } }, { launchTemplate: [used] });
    expect(sourcesIn(used, bare, target(bare))).to.deep.equal([["template", "vpcSecurityGroupIds[0] sg-1"]]);
    const own = instance(
      { launchTemplate: { id: "lt-1" }, vpcSecurityGroupIds: unknown },
      { launchTemplate: [used] },
    );
    expect(sourcesIn(used, own, target(own)).map(([name]) => name)).to.have.members(["template", "server"]);
    const alone = instance({});
    expect(sourcesIn(alone, target(alone))).to.deep.equal([["server"]]);
  });

  for (const property of ["networkInterfaces", "primaryNetworkInterface"]) {
    it(`is an instance's interface by ${property}, and what attaches groups to it`, () => {
      const server = instance({ launchTemplate: { id: "lt-1" } }, { [property]: [network] });
      const attach = (of: StackResource) =>
        shown(
          "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
          "attachment",
          { securityGroupId: "sg-3" },
          { networkInterfaceId: [of] },
        );
      const own = ["interface", "securityGroups[0] sg-2"];
      const attached = ["attachment", "securityGroupId sg-3"];
      expect(sourcesIn(server, target(server), network)).to.deep.equal([own]);
      expect(sourcesIn(server, target(server), network, attach(network))).to.deep.equal([own, attached]);
      expect(sourcesIn(server, target(server), network, attach(server))).to.deep.equal([own, attached]);
      expect(sourcesIn(server, target(server), network, attach(configuration))).to.deep.equal([own]);
    });
  }
});
