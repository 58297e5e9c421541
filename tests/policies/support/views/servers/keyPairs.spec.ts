import { expect } from "chai";

import { keyPairsOf } from "../../../../../policies/support/views/servers/keyPairs";
import { anyFixture } from "../../fixture";

const pairsOf = (type: string, props: object) =>
  [...keyPairsOf(anyFixture(type, "one", props))].map(({ at, value }) => [at, value]);

describe("the key pairs of servers", () => {
  for (const [type, props, at] of [
    ["aws:ec2/instance:Instance", { keyName: "mine" }, "keyName"],
    ["aws:ec2/spotInstanceRequest:SpotInstanceRequest", { keyName: "mine" }, "keyName"],
    ["aws:ec2/launchConfiguration:LaunchConfiguration", { keyName: "mine" }, "keyName"],
    [
      "aws:ec2/spotFleetRequest:SpotFleetRequest",
      { launchSpecifications: [{ keyName: "mine" }] },
      "launchSpecifications[0].keyName",
    ],
    ["aws:ec2/launchTemplate:LaunchTemplate", { keyName: "mine" }, "keyName"],
    ["aws:eks/nodeGroup:NodeGroup", { remoteAccess: { ec2SshKey: "mine" } }, "remoteAccess.ec2SshKey"],
    [
      "aws:batch/computeEnvironment:ComputeEnvironment",
      { computeResources: { ec2KeyPair: "mine" } },
      "computeResources.ec2KeyPair",
    ],
    ["aws:emr/cluster:Cluster", { ec2Attributes: { keyName: "mine" } }, "ec2Attributes.keyName"],
    [
      "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
      { keyPair: "mine" },
      "keyPair",
    ],
    [
      "aws:elasticbeanstalk/environment:Environment",
      {
        settings: [
          { namespace: "aws:autoscaling:launchconfiguration", name: "EC2KeyName", value: "mine" },
          { namespace: "aws:autoscaling:launchconfiguration", name: "InstanceType", value: "t3.micro" },
        ],
      },
      "settings[0].value",
    ],
  ] as const) {
    it(`are found in ${type} at ${at}`, () => {
      expect(pairsOf(type, props)).to.deep.equal([[at, "mine"]]);
    });
  }

  for (const type of [
    "aws:eks/nodeGroup:NodeGroup",
    "aws:batch/computeEnvironment:ComputeEnvironment",
    "aws:emr/cluster:Cluster",
  ]) {
    it(`are not set in ${type} without the block that has them`, () => {
      expect(pairsOf(type, {}).map(([, value]) => value)).to.deep.equal([undefined]);
    });
  }

  it("are none of another type", () => {
    expect(pairsOf("aws:s3/bucket:Bucket", { keyName: "mine", keyPair: "mine" })).to.deep.equal([]);
    expect(pairsOf("aws:elasticbeanstalk/environment:Environment", {})).to.deep.equal([]);
  });
});
