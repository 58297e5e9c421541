import { expect } from "chai";

import { instanceTypesOf } from "../../../../../policies/support/views/servers/instanceTypes";
import { anyFixture } from "../../fixture";

const typesOf = (type: string, props: object) => [...instanceTypesOf(anyFixture(type, "one", props))];

/** A type with the properties that choose an instance type, and what is chosen. */
const choices: readonly (readonly [
  type: string,
  props: object,
  chosen: readonly (readonly [string, string?])[],
])[] = [
  ["aws:ec2/instance:Instance", { instanceType: "t3.micro" }, [["instanceType", "t3.micro"]]],
  [
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    { instanceType: "t3.nano" },
    [["instanceType", "t3.nano"]],
  ],
  [
    "aws:ec2/launchConfiguration:LaunchConfiguration",
    { instanceType: "t2.nano" },
    [["instanceType", "t2.nano"]],
  ],
  [
    "aws:ec2/spotFleetRequest:SpotFleetRequest",
    {
      launchSpecifications: [{ instanceType: "m5.large" }, { instanceType: "m5.xlarge" }],
      launchTemplateConfigs: [{}, { overrides: [{ instanceType: "c5.large" }] }],
    },
    [
      ["launchSpecifications[0].instanceType", "m5.large"],
      ["launchSpecifications[1].instanceType", "m5.xlarge"],
      ["launchTemplateConfigs[1].overrides[0].instanceType", "c5.large"],
    ],
  ],
  ["aws:ec2/spotFleetRequest:SpotFleetRequest", {}, []],
  ["aws:cloud9/environmentEC2:EnvironmentEC2", { instanceType: "t3.small" }, [["instanceType", "t3.small"]]],
  ["aws:emr/instanceGroup:InstanceGroup", { instanceType: "m4.large" }, [["instanceType", "m4.large"]]],
  ["golden-image:index:GoldenImage", { instanceType: "t4g.small" }, [["instanceType", "t4g.small"]]],
  ["aws:ec2/launchTemplate:LaunchTemplate", { instanceType: "t3.large" }, [["instanceType", "t3.large"]]],
  ["aws:ec2/launchTemplate:LaunchTemplate", {}, []],
  [
    "aws:eks/nodeGroup:NodeGroup",
    { instanceTypes: ["t3.large", "t3.xlarge"] },
    [
      ["instanceTypes[0]", "t3.large"],
      ["instanceTypes[1]", "t3.xlarge"],
    ],
  ],
  [
    "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
    { instanceTypes: ["t3.large"] },
    [["instanceTypes[0]", "t3.large"]],
  ],
  [
    "aws:batch/computeEnvironment:ComputeEnvironment",
    { computeResources: { instanceTypes: ["optimal"] } },
    [["computeResources.instanceTypes[0]", "optimal"]],
  ],
  ["aws:batch/computeEnvironment:ComputeEnvironment", {}, []],
  [
    "aws:emr/cluster:Cluster",
    {
      masterInstanceGroup: { instanceType: "a" },
      coreInstanceGroup: { instanceType: "b" },
      masterInstanceFleet: { instanceTypeConfigs: [{ instanceType: "c" }] },
      coreInstanceFleet: { instanceTypeConfigs: [{ instanceType: "d" }, { instanceType: "e" }] },
    },
    [
      ["masterInstanceGroup.instanceType", "a"],
      ["coreInstanceGroup.instanceType", "b"],
      ["masterInstanceFleet.instanceTypeConfigs[0].instanceType", "c"],
      ["coreInstanceFleet.instanceTypeConfigs[0].instanceType", "d"],
      ["coreInstanceFleet.instanceTypeConfigs[1].instanceType", "e"],
    ],
  ],
  ["aws:emr/cluster:Cluster", {}, []],
  [
    "aws:emr/instanceFleet:InstanceFleet",
    { instanceTypeConfigs: [{ instanceType: "m5.large" }] },
    [["instanceTypeConfigs[0].instanceType", "m5.large"]],
  ],
  ["aws:emr/instanceFleet:InstanceFleet", {}, []],
  [
    "aws:autoscaling/group:Group",
    { mixedInstancesPolicy: { launchTemplate: { overrides: [{}, { instanceType: "t3.micro" }] } } },
    [["mixedInstancesPolicy.launchTemplate.overrides[1].instanceType", "t3.micro"]],
  ],
  ["aws:autoscaling/group:Group", { mixedInstancesPolicy: { launchTemplate: {} } }, []],
  ["aws:autoscaling/group:Group", {}, []],
  [
    "aws:ec2/fleet:Fleet",
    { launchTemplateConfigs: [{ overrides: [{ instanceType: "t3.micro" }] }] },
    [["launchTemplateConfigs[0].overrides[0].instanceType", "t3.micro"]],
  ],
  [
    "aws:elasticbeanstalk/environment:Environment",
    {
      settings: [
        { namespace: "aws:autoscaling:launchconfiguration", name: "InstanceType", value: "t3.micro" },
        { namespace: "aws:ec2:instances", name: "InstanceTypes", value: "t3.small, t3.large" },
        { namespace: "aws:ec2:instances", name: "EnableSpot", value: "false" },
        { namespace: "aws:ec2:vpc", name: "InstanceType", value: "of another namespace" },
      ],
    },
    [
      ["settings[0].value", "t3.micro"],
      ["settings[1].value", "t3.small"],
      ["settings[1].value", "t3.large"],
    ],
  ],
  [
    "aws:s3/bucket:Bucket",
    {
      instanceType: "of another type",
      launchTemplateConfigs: [{ overrides: [{ instanceType: "t3.micro" }] }],
    },
    [],
  ],
];

describe("the instance types that a resource chooses", () => {
  for (const [type, props, chosen] of choices) {
    it(`are found in ${type} with ${JSON.stringify(props)}`, () => {
      expect(typesOf(type, props)).to.deep.equal(chosen.map(([at, value]) => ({ at, value })));
    });
  }

  it("are those that requirements allow", () => {
    const allowed = { instanceRequirements: { allowedInstanceTypes: ["t3.*", "t4g.*"] } };
    expect(typesOf("aws:ec2/launchTemplate:LaunchTemplate", allowed)).to.deep.equal([
      { at: "instanceRequirements.allowedInstanceTypes[0]", value: "t3.*" },
      { at: "instanceRequirements.allowedInstanceTypes[1]", value: "t4g.*" },
    ]);
  });

  it("are not known where requirements allow every type", () => {
    const overrides = [{ instanceRequirements: { vcpuCount: { min: 2 } } }];
    expect(
      typesOf("aws:autoscaling/group:Group", { mixedInstancesPolicy: { launchTemplate: { overrides } } }),
    ).to.deep.equal([
      {
        at: "mixedInstancesPolicy.launchTemplate.overrides[0].instanceRequirements.allowedInstanceTypes",
        value: undefined,
      },
    ]);
  });

  it("are found in a configuration template of Elastic Beanstalk", () => {
    const settings = [
      { namespace: "aws:autoscaling:launchconfiguration", name: "InstanceType", value: "t3.micro" },
    ];
    const type = "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate";
    expect(typesOf(type, { settings })).to.deep.equal([{ at: "settings[0].value", value: "t3.micro" }]);
  });

  it("need the template configurations of a fleet", () => {
    expect(() => typesOf("aws:ec2/fleet:Fleet", {})).to.throw("launchTemplateConfigs is not set");
  });
});
