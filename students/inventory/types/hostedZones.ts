import { monthly, prices } from "../prices";
import { allOf, tagsOf, type ResourceType } from "../resource";

/** The most zones that Route 53 lists the tags of in one request. */
const tagsPerRequest = 10;

/** Hosted zones of Route 53, which belong to no region. AWS refuses to remove one that has records of the user. */
export const hostedZones: ResourceType = {
  kind: "hosted zone",
  list: async (clients) => {
    const route53 = await clients.route53();
    const found = await allOf(route53.paginateListHostedZones({}), (page) => page.HostedZones);
    // A service's own, such as those of Cloud Map, go with the service.
    const zones = found
      .filter(({ LinkedService }) => LinkedService === undefined)
      .map(({ Id = "", Name = "", ResourceRecordSetCount = 0 }) => ({
        id: Id.replace(/^\/hostedzone\//, ""),
        detail: `${Name} with ${ResourceRecordSetCount} records`,
      }));
    const tags = new Map<string, ReturnType<typeof tagsOf>>();
    for (let start = 0; start < zones.length; start += tagsPerRequest) {
      const { ResourceTagSets = [] } = await route53.listTagsForResources({
        ResourceType: "hostedzone",
        ResourceIds: zones.slice(start, start + tagsPerRequest).map(({ id }) => id),
      });
      for (const { ResourceId = "", Tags } of ResourceTagSets) tags.set(ResourceId, tagsOf(Tags));
    }
    return zones.map(({ id, detail }) => ({
      kind: "hosted zone",
      id,
      detail,
      tags: tags.get(id) ?? {},
      createdAt: undefined,
      dollarsPerHour: monthly(prices.hostedZonePerMonth),
      running: false,
      uses: [],
    }));
  },
  remove: async (clients, id) => {
    await (await clients.route53()).deleteHostedZone({ Id: id });
  },
};
