import { prices } from "../prices";
import { allOf, known, tagsInParts, tagsOf, type ResourceType } from "../resource";

/** The most load balancers that AWS describes the tags of in one request. */
const tagsPerRequest = 20;

/** Load balancers of the first generation, with their public addresses and without traffic. */
export const classicBalancers: ResourceType = {
  kind: "classic load balancer",
  list: async (clients) => {
    const elb = await clients.elb();
    const found = await allOf(elb.paginateDescribeLoadBalancers({}), (page) => page.LoadBalancerDescriptions);
    const names = found.map(({ LoadBalancerName = "" }) => LoadBalancerName);
    const tags = await tagsInParts(names, tagsPerRequest, async (part) => {
      const { TagDescriptions = [] } = await elb.describeTags({ LoadBalancerNames: part });
      return TagDescriptions.map(({ LoadBalancerName = "", Tags }) => [LoadBalancerName, tagsOf(Tags)]);
    });
    return found.map(({ LoadBalancerName = "", Scheme = "", AvailabilityZones = [], ...more }) => ({
      kind: "classic load balancer",
      id: LoadBalancerName,
      detail: `${Scheme}, ${AvailabilityZones.length} zones`,
      tags: tags.get(LoadBalancerName) ?? {},
      createdAt: more.CreatedTime,
      dollarsPerHour:
        prices.classicLoadBalancerPerHour +
        (Scheme === "internet-facing" ? AvailabilityZones.length * prices.publicIpv4PerHour : 0),
      running: false,
      uses: known(more.VPCId),
    }));
  },
  remove: async (clients, id) => {
    await (await clients.elb()).deleteLoadBalancer({ LoadBalancerName: id });
  },
};
