import { expect } from "chai";

import { allOf, type StackResource } from "../../../../../policies/support/stack";
import {
  instancesOf,
  largestSize,
  largestSizesElsewhere,
  schedulesOf,
} from "../../../../../policies/support/views/servers/counts";
import { among, anyFixture } from "../../fixture";

const groupType = "aws:autoscaling/group:Group";
const scheduleType = "aws:autoscaling/schedule:Schedule";
const group = (props: object, ignoreChanges: readonly string[] = []) =>
  among({ ...anyFixture(groupType, "fleet", props), opts: { ignoreChanges } }, {});
const schedule = (name: string, props: object, of?: StackResource) =>
  among(anyFixture(scheduleType, name, props), of === undefined ? {} : { autoscalingGroupName: [of] });

function sizeOf(fleet: StackResource, ...others: readonly StackResource[]): number {
  const stack = [fleet, ...others];
  const [size] = allOf(stack, groupType).map((each) => largestSize(each, stack));
  if (size === undefined) throw new Error("the stack has a group");
  return size;
}

describe("the largest size of a group", () => {
  const fleet = group({ name: "web", maxSize: 4 });

  it("is its maximum, also as a text", () => {
    expect(sizeOf(fleet)).to.equal(4);
    expect(sizeOf(group({ maxSize: "6" }))).to.equal(6);
  });

  it("is the largest maximum or desired capacity of its scheduled actions", () => {
    expect(sizeOf(fleet, schedule("a", { maxSize: 7 }, fleet))).to.equal(7);
    expect(sizeOf(fleet, schedule("a", { desiredCapacity: 8 }, fleet))).to.equal(8);
    expect(sizeOf(fleet, schedule("a", { maxSize: 9, desiredCapacity: 5 }, fleet))).to.equal(9);
    expect(
      sizeOf(fleet, schedule("a", { maxSize: 1 }, fleet), schedule("b", { maxSize: 6 }, fleet)),
    ).to.equal(6);
    expect(sizeOf(fleet, schedule("a", { minSize: 1 }, fleet))).to.equal(4);
  });

  it("includes the actions that have its literal name, and no other's", () => {
    expect(sizeOf(fleet, schedule("a", { maxSize: 7, autoscalingGroupName: "web" }))).to.equal(7);
    expect(sizeOf(fleet, schedule("a", { maxSize: 7, autoscalingGroupName: "other" }))).to.equal(4);
    const other = among(anyFixture(groupType, "other", { name: "web", maxSize: 1 }), {});
    expect(sizeOf(fleet, schedule("a", { maxSize: 7, autoscalingGroupName: "web" }, other))).to.equal(4);
  });

  it("adds the minimum of a warm pool, or is its prepared capacity", () => {
    const pooled = (warmPool: object) => sizeOf(group({ maxSize: 4, warmPool }));
    expect(pooled({ minSize: 2 })).to.equal(6);
    expect(pooled({ maxGroupPreparedCapacity: 9 })).to.equal(9);
    expect(pooled({ minSize: 2, maxGroupPreparedCapacity: 5 })).to.equal(6);
    expect(pooled({})).to.equal(4);
    expect(pooled({ minSize: -1 })).to.equal(4);
  });

  it("is the current one of GroupSize where the program ignores changes of the maximum", () => {
    const sizing = (of: StackResource) =>
      among(anyFixture("golden-image:index:GroupSize", "size", { maxSize: 7 }), { groupName: [of] });
    const ignoring = group({ maxSize: 4 }, ["maxSize"]);
    expect(sizeOf(ignoring, sizing(ignoring))).to.equal(7);
    expect(sizeOf(fleet, sizing(fleet))).to.equal(4);
    expect(sizeOf(ignoring)).to.equal(4);
    const other = among(anyFixture(groupType, "other", { maxSize: 1 }), {});
    expect(sizeOf(ignoring, sizing(other))).to.equal(4);
  });
});

describe("the scheduled actions of groups outside the stack", () => {
  const fleet = group({ name: "web", maxSize: 4 });

  it("count with the largest size among them", () => {
    const actions = [
      schedule("a", { maxSize: 3, autoscalingGroupName: "far" }),
      schedule("b", { desiredCapacity: 5, autoscalingGroupName: "far" }),
      schedule("c", { autoscalingGroupName: "far" }),
    ];
    expect(largestSizesElsewhere([fleet, ...actions])).to.equal(5);
    expect(largestSizesElsewhere([fleet, ...actions.slice(0, 1)])).to.equal(3);
    expect(largestSizesElsewhere([fleet])).to.equal(0);
  });

  it("are not those of a group in the stack", () => {
    const own = schedule("own", { maxSize: 30 }, fleet);
    expect(largestSizesElsewhere([fleet, own])).to.equal(0);
    const [view] = allOf([fleet], groupType);
    if (view === undefined) throw new Error("the stack has a group");
    expect(schedulesOf(view, [fleet, own, schedule("far", { autoscalingGroupName: "far" })])).to.deep.equal([
      own,
    ]);
  });
});

const beanstalk = (...settings: readonly (readonly [namespace: string, name: string, value: string])[]) => ({
  settings: settings.map(([namespace, name, value]) => ({ namespace, name, value })),
});
const environment = "aws:elasticbeanstalk/environment:Environment";
const kind = (value: string) => ["aws:elasticbeanstalk:environment", "EnvironmentType", value] as const;
const maximum = ["aws:autoscaling:asg", "MaxSize", "6"] as const;

describe("the instances that a resource starts", () => {
  const counts: readonly (readonly [type: string, props: object, count: number])[] = [
    ["aws:ec2/instance:Instance", {}, 1],
    ["aws:ec2/spotInstanceRequest:SpotInstanceRequest", {}, 1],
    ["aws:cloud9/environmentEC2:EnvironmentEC2", {}, 1],
    ["aws:lightsail/instance:Instance", {}, 1],
    ["aws:ec2/fleet:Fleet", { targetCapacitySpecification: { totalTargetCapacity: 3 } }, 3],
    ["aws:ec2/spotFleetRequest:SpotFleetRequest", { targetCapacity: 4 }, 4],
    ["aws:eks/nodeGroup:NodeGroup", { scalingConfig: { maxSize: 5 } }, 5],
    ["aws:eks/nodeGroup:NodeGroup", { scalingConfig: { maxSize: 5 }, warmPoolConfig: { minSize: 2 } }, 7],
    ["aws:eks/nodeGroup:NodeGroup", { scalingConfig: { maxSize: 5 }, warmPoolConfig: {} }, 5],
    ["aws:batch/computeEnvironment:ComputeEnvironment", {}, 0],
    [
      "aws:batch/computeEnvironment:ComputeEnvironment",
      { computeResources: { type: "EC2", maxVcpus: 16 } },
      8,
    ],
    [
      "aws:batch/computeEnvironment:ComputeEnvironment",
      { computeResources: { type: "SPOT", maxVcpus: 3 } },
      2,
    ],
    [
      "aws:batch/computeEnvironment:ComputeEnvironment",
      { computeResources: { type: "FARGATE_SPOT", maxVcpus: 16 } },
      0,
    ],
    [
      "aws:emr/cluster:Cluster",
      { masterInstanceGroup: { instanceCount: 3 }, coreInstanceGroup: { instanceCount: 4 } },
      7,
    ],
    ["aws:emr/cluster:Cluster", { masterInstanceGroup: {} }, 1],
    [
      "aws:emr/cluster:Cluster",
      {
        masterInstanceFleet: { targetOnDemandCapacity: 1 },
        coreInstanceFleet: { targetOnDemandCapacity: 2, targetSpotCapacity: 4 },
      },
      7,
    ],
    ["aws:emr/cluster:Cluster", {}, 0],
    ["aws:emr/instanceGroup:InstanceGroup", { instanceCount: 2 }, 2],
    ["aws:emr/instanceGroup:InstanceGroup", {}, 1],
    ["aws:emr/instanceFleet:InstanceFleet", { targetOnDemandCapacity: 1, targetSpotCapacity: 2 }, 3],
    ["aws:emr/instanceFleet:InstanceFleet", {}, 0],
    [environment, {}, 4],
    [environment, beanstalk(kind("SingleInstance"), maximum), 1],
    [environment, beanstalk(kind("LoadBalanced"), maximum), 6],
    [environment, beanstalk(maximum), 6],
    [environment, beanstalk(["aws:elasticbeanstalk:environment", "Other", "SingleInstance"]), 4],
    ["aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate", beanstalk(maximum), 0],
    ["aws:autoscaling/group:Group", { maxSize: 4 }, 0],
    ["aws:s3/bucket:Bucket", { targetCapacity: 4, maxSize: 4, instanceCount: 4, targetSpotCapacity: 4 }, 0],
  ];
  for (const [type, props, count] of counts) {
    it(`are ${String(count)} of ${type} with ${JSON.stringify(props)}`, () => {
      expect(instancesOf(anyFixture(type, "one", props))).to.equal(count);
    });
  }

  it("need the properties that the type requires", () => {
    const counted = (type: string) => () => instancesOf(anyFixture(type, "one", {}));
    expect(counted("aws:ec2/fleet:Fleet")).to.throw("targetCapacitySpecification is not set");
    expect(counted("aws:eks/nodeGroup:NodeGroup")).to.throw("scalingConfig is not set");
  });
});
