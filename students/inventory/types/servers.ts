import type { Instance } from "@aws-sdk/client-ec2";

import { metricsPerServer } from "../../../components/cost/servers";
import { monthly, priceOf, prices } from "../prices";
import { allOf, known, tagsOf, type Resource, type ResourceType } from "../resource";
import { patience } from "../waiting";

/** AWS lists terminated servers for another hour, free of charge. */
const there = { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] };

/** EC2 servers, those of Auto Scaling groups included. A stopped server costs only its volumes, which are listed too. */
export const servers: ResourceType = {
  kind: "server",
  list: async (clients) => {
    const ec2 = await clients.ec2();
    const reservations = await allOf(
      ec2.paginateDescribeInstances({ Filters: [there] }),
      (page) => page.Reservations,
    );
    return reservations.flatMap(({ Instances = [] }) => Instances).map(resourceOf);
  },
  remove: async (clients, id) => {
    const ec2 = await clients.ec2();
    await ec2.terminateInstances({ InstanceIds: [id] });
    await ec2.waitUntilInstanceTerminated({ InstanceIds: [id] }, patience);
  },
  stop: async (clients, id) => {
    await (await clients.ec2()).stopInstances({ InstanceIds: [id] });
  },
};

function resourceOf(instance: Instance): Resource {
  const { InstanceId = "", InstanceType = "", State, VpcId, LaunchTime } = instance;
  const tags = tagsOf(instance.Tags);
  const group = tags["aws:autoscaling:groupName"];
  const running = State?.Name === "running" || State?.Name === "pending";
  return {
    kind: "server",
    id: InstanceId,
    detail: `${InstanceType}, ${State?.Name ?? ""}`,
    tags,
    createdAt: firstStart(instance),
    costsSince: LaunchTime,
    dollarsPerHour: running ? runningPrice(instance) : 0,
    running,
    aliases: known(...(instance.NetworkInterfaces ?? []).map(({ NetworkInterfaceId }) => NetworkInterfaceId)),
    uses: known(VpcId, group),
    goesWith: group,
  };
}

/** AWS reports the last start of a server; its first network interface or volume keeps the time of the first. */
function firstStart({
  LaunchTime,
  NetworkInterfaces = [],
  BlockDeviceMappings = [],
}: Instance): Date | undefined {
  const times = [
    LaunchTime,
    ...NetworkInterfaces.map(({ Attachment }) => Attachment?.AttachTime),
    ...BlockDeviceMappings.map(({ Ebs }) => Ebs?.AttachTime),
  ].filter((time) => time !== undefined);
  return times.toSorted((a, b) => a.getTime() - b.getTime())[0];
}

/** With the public address that AWS assigned, and detailed monitoring. An Elastic IP has its own line. */
function runningPrice({ InstanceType, Monitoring, NetworkInterfaces = [] }: Instance): number | undefined {
  const price = priceOf(prices.instancePerHour, InstanceType);
  if (price === undefined) return undefined;
  const addresses = NetworkInterfaces.filter(({ Association }) => Association?.IpOwnerId === "amazon").length;
  const metrics = Monitoring?.State === "enabled" ? monthly(metricsPerServer * prices.metricPerMonth) : 0;
  return price + addresses * prices.publicIpv4PerHour + metrics;
}
