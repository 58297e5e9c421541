import type { Finding } from "../../support/finding";
import { required } from "../../support/required";
import { on, onAny, resourceRule } from "../../support/rule";
import { isOn } from "../../support/spelling";
import { judgeEach } from "../../support/unknown";
import { addressTypes, publicAddressesOf } from "../../support/views/servers/addresses";

export const noPublicAddress = resourceRule(
  {
    name: "no-public-address",
    displayName: "Servers have no public address",
    description:
      "A server or a message broker gets no public address, IPv4 or IPv6, from nothing that starts it, and no Elastic IP. The builder of a golden image is no server and may have one during the build; builder-closed checks it.",
    why: "A server with a public address can be reached without the load balancer; only its security groups protect it. A launch template without this setting uses the subnet's default, and public subnets usually assign addresses.",
    severity: "high",
    topics: ["network-exposure"],
    fix: "Set associatePublicIpAddress to false on the first network interface, and give no interface an IPv6 address; reach the server through the load balancer, an EC2 Instance Connect Endpoint or Session Manager.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-25",
    counterparts: {
      fsbp: ["EC2.9", "EC2.25", "AutoScaling.5", "ECS.2", "ECS.16", "MSK.4"],
      checkov: ["CKV_AWS_69", "CKV_AWS_88", "CKV_AWS_291", "CKV_AWS_333"],
      cdkNag: [],
    },
    settings: {},
  },
  [
    onAny(addressTypes, publicAddressesOf),
    // The address of a NAT gateway names neither an instance nor an interface.
    on("aws:ec2/eip:Eip", (props) => elasticIps(props, ["instance", "networkInterface"])),
    on("aws:ec2/eipAssociation:EipAssociation", (props) =>
      elasticIps(props, ["instanceId", "networkInterfaceId"]),
    ),
    on("aws:cloud9/environmentEC2:EnvironmentEC2", function* ({ connectionType: value }) {
      // AWS's default. It connects from the internet to a public address.
      if (value !== "CONNECT_SSM") yield { at: "connectionType", value, allowed: "CONNECT_SSM" };
    }),
    on("aws:mq/broker:Broker", function* ({ publiclyAccessible: value }) {
      if (isOn(value)) yield { at: "publiclyAccessible", value, allowed: "false" };
    }),
    on("aws:msk/cluster:Cluster", function* ({ brokerNodeGroupInfo }) {
      const value = required(brokerNodeGroupInfo, "brokerNodeGroupInfo").connectivityInfo?.publicAccess?.type;
      const at = "brokerNodeGroupInfo.connectivityInfo.publicAccess.type";
      if (![undefined, "", "DISABLED"].includes(value)) yield { at, value, allowed: "DISABLED" };
    }),
    on("aws:lightsail/staticIpAttachment:StaticIpAttachment", (props) => elasticIps(props, ["instanceName"])),
  ],
);

function* elasticIps(props: object, properties: readonly string[]): Iterable<Finding> {
  yield* judgeEach(properties, (property) => {
    const value: unknown = Reflect.get(props, property);
    return value === undefined || value === "" ? [] : [elasticIp(property, value)];
  });
}

function elasticIp(at: string, value: unknown): Finding {
  return {
    at,
    value,
    allowed: "no server and no network interface",
    fix: "Remove the Elastic IP or its association; reach the server through the load balancer, an EC2 Instance Connect Endpoint or Session Manager.",
  };
}
