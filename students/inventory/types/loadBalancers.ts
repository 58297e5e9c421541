import { setTimeout as sleep } from "node:timers/promises";

import { prices } from "../prices";
import { allOf, known, tagsInParts, tagsOf, type ResourceType } from "../resource";
import { patience, untilGone } from "../waiting";

/** The most load balancers that AWS describes the tags of in one request. */
const tagsPerRequest = 20;

/** Application, network and gateway load balancers, each with its public addresses and without traffic. */
export const loadBalancers: ResourceType = {
  kind: "load balancer",
  list: async (clients) => {
    const elbv2 = await clients.elbv2();
    const found = await allOf(elbv2.paginateDescribeLoadBalancers({}), (page) => page.LoadBalancers);
    const arns = found.flatMap(({ LoadBalancerArn }) => LoadBalancerArn ?? []);
    const tags = await tagsInParts(arns, tagsPerRequest, async (part) => {
      const { TagDescriptions = [] } = await elbv2.describeTags({ ResourceArns: part });
      return TagDescriptions.map(({ ResourceArn = "", Tags }) => [ResourceArn, tagsOf(Tags)]);
    });
    return found.map((balancer) => {
      const { LoadBalancerArn = "", LoadBalancerName = "", Scheme, AvailabilityZones = [] } = balancer;
      const addresses = Scheme === "internet-facing" ? AvailabilityZones.length : 0;
      return {
        kind: "load balancer",
        id: LoadBalancerArn,
        detail: `${LoadBalancerName}, ${balancer.Type ?? ""}, ${AvailabilityZones.length} zones`,
        tags: tags.get(LoadBalancerArn) ?? {},
        createdAt: balancer.CreatedTime,
        dollarsPerHour: prices.loadBalancerPerHour + addresses * prices.publicIpv4PerHour,
        running: false,
        uses: known(balancer.VpcId),
      };
    });
  },
  remove: async (clients, id) => {
    const [elbv2, ec2] = [await clients.elbv2(), await clients.ec2()];
    await elbv2.deleteLoadBalancer({ LoadBalancerArn: id });
    await elbv2.waitUntilLoadBalancersDeleted({ LoadBalancerArns: [id] }, patience);
    // Its network interfaces remain for a while, and keep the subnets and the addresses in use.
    const description = `ELB ${id.slice(id.indexOf(":loadbalancer/") + ":loadbalancer/".length)}`;
    await untilGone(async () => {
      const filters = [{ Name: "description", Values: [description] }];
      const { NetworkInterfaces = [] } = await ec2.describeNetworkInterfaces({ Filters: filters });
      return NetworkInterfaces.length > 0;
    }, sleep);
  },
};
