import type { Finding } from "../../support/finding";
import type { PropsOf } from "../../support/resourceTypes";
import { on, resourceRule } from "../../support/rule";
import { isOff } from "../../support/spelling";
import { judgeEach } from "../../support/unknown";

export const noPublicAddress = resourceRule(
  {
    name: "no-public-address",
    displayName: "Servers have no public address",
    description:
      "A server gets no public address, neither from its launch template nor as an Elastic IP. The builder of a golden image is no server and may have one during the build; builder-closed checks it.",
    why: "A server with a public address can be reached without the load balancer; only its security groups protect it. A launch template without this setting uses the subnet's default, and public subnets usually assign addresses.",
    severity: "high",
    topics: ["network-exposure"],
    fix: "Set associatePublicIpAddress to false on the first network interface; reach the server through the load balancer, an EC2 Instance Connect Endpoint or Session Manager.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-25",
    counterparts: {
      fsbp: ["EC2.9", "EC2.25", "AutoScaling.5"],
      checkov: ["CKV_AWS_88"],
      cdkNag: [],
    },
    settings: {},
  },
  [
    on("aws:ec2/launchTemplate:LaunchTemplate", judgeLaunchTemplate),
    on("aws:ec2/instance:Instance", function* ({ associatePublicIpAddress }) {
      if (associatePublicIpAddress !== false) {
        yield { at: "associatePublicIpAddress", value: associatePublicIpAddress, allowed: "false" };
      }
    }),
    on("aws:ec2/eip:Eip", function* ({ instance, networkInterface }) {
      // The address of a NAT gateway names neither an instance nor an interface.
      if (instance !== undefined) yield elasticIp("instance", instance);
      if (networkInterface !== undefined) yield elasticIp("networkInterface", networkInterface);
    }),
    on("aws:ec2/eipAssociation:EipAssociation", function* ({ instanceId, networkInterfaceId }) {
      if (instanceId !== undefined) yield elasticIp("instanceId", instanceId);
      if (networkInterfaceId !== undefined) yield elasticIp("networkInterfaceId", networkInterfaceId);
    }),
  ],
);

function* judgeLaunchTemplate({
  networkInterfaces = [],
}: PropsOf<"aws:ec2/launchTemplate:LaunchTemplate">): Iterable<Finding> {
  if (networkInterfaces.length === 0) yield onInterface(0, undefined);
  yield* judgeEach(networkInterfaces, function* ({ associatePublicIpAddress }, index) {
    if (!isOff(associatePublicIpAddress)) yield onInterface(index, associatePublicIpAddress);
  });
}

function onInterface(index: number, value: unknown): Finding {
  return {
    at: `networkInterfaces[${String(index)}].associatePublicIpAddress`,
    value,
    allowed: '"false"',
  };
}

function elasticIp(at: string, value: string): Finding {
  return {
    at,
    value,
    allowed: "no server and no network interface",
    fix: "Remove the Elastic IP or its association; reach the server through the load balancer, an EC2 Instance Connect Endpoint or Session Manager.",
  };
}
