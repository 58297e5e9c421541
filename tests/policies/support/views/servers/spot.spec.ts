import { expect } from "chai";

import { isRequestType, spotRequestsOf } from "../../../../../policies/support/views/servers/spot";
import { anyFixture } from "../../fixture";

const requestsOf = (type: string, props: object) => [...spotRequestsOf(anyFixture(type, "one", props))];
const onDemand = "mixedInstancesPolicy.instancesDistribution.onDemandPercentageAboveBaseCapacity";
const share = (onDemandPercentageAboveBaseCapacity: number) => ({
  mixedInstancesPolicy: { instancesDistribution: { onDemandPercentageAboveBaseCapacity } },
});
const fleet = (target: object) => ({ targetCapacitySpecification: target });
const beanstalk = (value: string) => ({
  settings: [{ namespace: "aws:ec2:instances", name: "EnableSpot", value }],
});

/** A type with properties that ask for Spot Instances: what is reported. */
const asking: readonly (readonly [
  type: string,
  props: object,
  ...found: readonly [string, unknown, string][],
])[] = [
  [
    "aws:ec2/launchConfiguration:LaunchConfiguration",
    { spotPrice: "0.1" },
    ["spotPrice", "0.1", "no Spot price"],
  ],
  [
    "aws:ec2/spotFleetRequest:SpotFleetRequest",
    { launchSpecifications: [{}, { spotPrice: "0.2" }] },
    ["launchSpecifications[1].spotPrice", "0.2", "no Spot price"],
  ],
  [
    "aws:ec2/launchTemplate:LaunchTemplate",
    { instanceMarketOptions: { marketType: "spot" } },
    ["instanceMarketOptions.marketType", "spot", "no market options"],
  ],
  [
    "aws:ec2/instance:Instance",
    { instanceMarketOptions: {} },
    ["instanceMarketOptions.marketType", undefined, "no market options"],
  ],
  ["aws:autoscaling/group:Group", share(99), [onDemand, 99, "100"]],
  ["aws:autoscaling/group:Group", share(0), [onDemand, 0, "100"]],
  [
    "aws:ec2/fleet:Fleet",
    fleet({ defaultTargetCapacityType: "spot", spotTargetCapacity: 2 }),
    ["targetCapacitySpecification.defaultTargetCapacityType", "spot", '"on-demand"'],
    ["targetCapacitySpecification.spotTargetCapacity", 2, "0"],
  ],
  ["aws:eks/nodeGroup:NodeGroup", { capacityType: "SPOT" }, ["capacityType", "SPOT", "one of ON_DEMAND"]],
  [
    "aws:batch/computeEnvironment:ComputeEnvironment",
    { computeResources: { type: "FARGATE_SPOT" } },
    ["computeResources.type", "FARGATE_SPOT", "one of EC2, FARGATE"],
  ],
  ["aws:emr/instanceGroup:InstanceGroup", { bidPrice: "0.3" }, ["bidPrice", "0.3", "no Spot price"]],
  ["aws:emr/instanceFleet:InstanceFleet", { targetSpotCapacity: 1 }, ["targetSpotCapacity", 1, "0"]],
  [
    "aws:emr/cluster:Cluster",
    {
      masterInstanceGroup: { bidPrice: "1" },
      coreInstanceGroup: { bidPrice: "2" },
      masterInstanceFleet: { targetSpotCapacity: 3 },
      coreInstanceFleet: { targetSpotCapacity: 4 },
    },
    ["masterInstanceFleet.targetSpotCapacity", 3, "0"],
    ["coreInstanceFleet.targetSpotCapacity", 4, "0"],
    ["masterInstanceGroup.bidPrice", "1", "no Spot price"],
    ["coreInstanceGroup.bidPrice", "2", "no Spot price"],
  ],
  ...["true", "True"].map(
    (value) =>
      [
        "aws:elasticbeanstalk/environment:Environment",
        beanstalk(value),
        ["settings[0].value", value, '"false"'],
      ] as const satisfies (typeof asking)[number],
  ),
];

const regular: readonly (readonly [type: string, props: object])[] = [
  ["aws:ec2/instance:Instance", {}],
  ["aws:ec2/launchConfiguration:LaunchConfiguration", { spotPrice: "" }],
  ["aws:ec2/launchTemplate:LaunchTemplate", {}],
  ["aws:autoscaling/group:Group", {}],
  ["aws:autoscaling/group:Group", { mixedInstancesPolicy: {} }],
  ["aws:autoscaling/group:Group", { mixedInstancesPolicy: { instancesDistribution: {} } }],
  ["aws:autoscaling/group:Group", share(100)],
  ["aws:ec2/fleet:Fleet", fleet({ defaultTargetCapacityType: "on-demand" })],
  ["aws:ec2/fleet:Fleet", fleet({ defaultTargetCapacityType: "on-demand", spotTargetCapacity: 0 })],
  ["aws:eks/nodeGroup:NodeGroup", {}],
  ["aws:eks/nodeGroup:NodeGroup", { capacityType: "on_demand" }],
  ["aws:batch/computeEnvironment:ComputeEnvironment", {}],
  ["aws:batch/computeEnvironment:ComputeEnvironment", { computeResources: { type: "ec2" } }],
  ["aws:batch/computeEnvironment:ComputeEnvironment", { computeResources: { type: "FARGATE" } }],
  ["aws:emr/instanceGroup:InstanceGroup", {}],
  ["aws:emr/instanceFleet:InstanceFleet", { targetOnDemandCapacity: 1 }],
  ["aws:emr/cluster:Cluster", { masterInstanceFleet: {}, coreInstanceFleet: { targetSpotCapacity: 0 } }],
  ["aws:emr/cluster:Cluster", {}],
  ["aws:elasticbeanstalk/environment:Environment", beanstalk("false")],
  [
    "aws:s3/bucket:Bucket",
    {
      spotPrice: "1",
      bidPrice: "1",
      capacityType: "SPOT",
      masterInstanceFleet: { targetSpotCapacity: 1 },
      settings: beanstalk("true").settings,
    },
  ],
];

describe("a request for Spot Instances", () => {
  for (const [type, props, ...found] of asking) {
    it(`is found in ${type} with ${JSON.stringify(props)}`, () => {
      expect(requestsOf(type, props)).to.deep.equal(
        found.map(([at, value, allowed]) => ({ at, value, allowed })),
      );
    });
  }

  for (const [type, props] of regular) {
    it(`is not in ${type} with ${JSON.stringify(props)}`, () => {
      expect(requestsOf(type, props)).to.deep.equal([]);
    });
  }

  it("needs the target capacity of a fleet", () => {
    expect(() => requestsOf("aws:ec2/fleet:Fleet", {})).to.throw("targetCapacitySpecification is not set");
  });

  it("is a type of its own, and so is a reservation", () => {
    for (const type of ["aws:ec2/spotFleetRequest:SpotFleetRequest", "aws:savingsplans/plan:Plan"])
      expect(isRequestType(type), type).to.equal(true);
    for (const type of ["aws:ec2/instance:Instance", "my:aws:ec2/spotFleetRequest:SpotFleetRequest"])
      expect(isRequestType(type), type).to.equal(false);
  });
});
