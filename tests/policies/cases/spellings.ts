import * as aws from "@pulumi/aws";
import { CustomResource, type Inputs } from "@pulumi/pulumi";

import { bad, good, type PolicyCases } from "./case";
import { makeSite, safeInstance, world } from "./parts";

/** A resource without the compiler's check: a program in JavaScript or YAML can give any value as a text. */
class Untyped extends CustomResource {}

const untyped = (token: string, props: Inputs) => (name: string) => new Untyped(token, name, props);
const group = "aws:autoscaling/group:Group";
const mixedLaunch = { launchTemplate: { id: "lt-1", version: "1" } };

/** The same values in another spelling, which the provider converts. */
export const spellings: PolicyCases = {
  "spell-subnet-true": bad(
    "no-public-subnet-default",
    untyped("aws:ec2/subnet:Subnet", {
      vpcId: "vpc-1",
      cidrBlock: "10.0.0.0/24",
      mapPublicIpOnLaunch: "true",
    }),
  ),
  "spell-instance-true": bad(
    "no-public-address",
    untyped("aws:ec2/instance:Instance", { ...safeInstance, associatePublicIpAddress: "true" }),
  ),
  "spell-volume-false": bad(
    "encrypted-volumes",
    untyped("aws:ebs/volume:Volume", { availabilityZone: "us-east-1a", size: "10", encrypted: "false" }),
  ),
  "spell-default-false": bad(
    "encrypted-volumes",
    untyped("aws:ebs/encryptionByDefault:EncryptionByDefault", { enabled: "false" }),
  ),
  "spell-ports-text": bad(
    "no-ports-open-to-world",
    untyped("aws:ec2/securityGroup:SecurityGroup", {
      ingress: [{ protocol: "tcp", fromPort: "20", toPort: "443", cidrBlocks: [world] }],
    }),
  ),
  "spell-range-space": bad(
    "no-ports-open-to-world",
    untyped("aws:ec2/securityGroup:SecurityGroup", {
      ingress: [{ protocol: " tcp ", fromPort: 22, toPort: 22, cidrBlocks: [` ${world}`] }],
    }),
  ),
  "spell-min-size": bad(
    "minimum-servers",
    untyped(group, { ...mixedLaunch, minSize: "1", maxSize: "4", protectFromScaleIn: "true" }),
  ),
  "spell-force-delete": bad(
    "scale-in-protection",
    untyped(group, {
      ...mixedLaunch,
      minSize: 2,
      maxSize: 4,
      protectFromScaleIn: "true",
      forceDelete: "true",
    }),
  ),
  "spell-order": bad("capacity-in-order", untyped(group, { ...mixedLaunch, minSize: "10", maxSize: "9" })),
  "spell-lab-count": bad("lab-server-count", untyped(group, { ...mixedLaunch, minSize: "1", maxSize: "10" })),
  "spell-lab-volume": bad(
    "lab-volumes",
    untyped("aws:ebs/volume:Volume", { availabilityZone: "us-east-1a", size: "500", encrypted: true }),
  ),
  "fp-spell-instance": good(
    untyped("aws:ec2/instance:Instance", {
      ...safeInstance,
      associatePublicIpAddress: "false",
      rootBlockDevice: { encrypted: "true" },
    }),
  ),
  "fp-spell-subnet": good(
    untyped("aws:ec2/subnet:Subnet", {
      vpcId: "vpc-1",
      cidrBlock: "10.0.0.0/24",
      mapPublicIpOnLaunch: "false",
    }),
  ),
  "fp-spell-lab-count": good((n) => {
    untyped(group, { ...mixedLaunch, minSize: "1", maxSize: "3" })(`${n}1`);
    untyped(group, { ...mixedLaunch, minSize: "1", maxSize: "4" })(`${n}2`);
    new aws.ec2.Instance(n, safeInstance);
  }, "lab-server-count"),
  "fp-spell-order": good(
    (n) =>
      new aws.appautoscaling.Target(n, {
        ...{ minCapacity: 9, maxCapacity: 10, resourceId: "service/c/s" },
        ...{ scalableDimension: "ecs:service:DesiredCount", serviceNamespace: "ecs" },
      }),
  ),
  "fp-spell-order-text": good((n) => {
    // As texts, "9" is after "10".
    const { targetGroup, network } = makeSite(n);
    untyped(group, {
      ...mixedLaunch,
      ...{ minSize: "9", desiredCapacity: "10", maxSize: "11", healthCheckType: "ELB" },
      targetGroupArns: [targetGroup.arn],
      vpcZoneIdentifiers: [network.c.id, network.d.id],
    })(`${n}-2`);
  }),
};
