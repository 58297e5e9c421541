import { prices } from "../prices";
import { allOf, known, tagsOf, type ResourceType } from "../resource";

/** The most load balancers that AWS describes the tags of in one request. */
const tagsPerRequest = 20;

/** Load balancers of the first generation, with their public addresses and without traffic. */
export const classicBalancers: ResourceType = {
  kind: "classic load balancer",
  list: async (clients) => {
    const elb = await clients.elb();
    const found = await allOf(elb.paginateDescribeLoadBalancers({}), (page) => page.LoadBalancerDescriptions);
    const names = found.map(({ LoadBalancerName = "" }) => LoadBalancerName);
    const tags = new Map<string, ReturnType<typeof tagsOf>>();
    for (let start = 0; start < names.length; start += tagsPerRequest) {
      const { TagDescriptions = [] } = await elb.describeTags({
        LoadBalancerNames: names.slice(start, start + tagsPerRequest),
      });
      for (const { LoadBalancerName = "", Tags } of TagDescriptions) tags.set(LoadBalancerName, tagsOf(Tags));
    }
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
