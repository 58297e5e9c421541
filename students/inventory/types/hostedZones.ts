import { monthly, prices } from "../prices";
import { allOf, tagsInParts, tagsOf, type ResourceType } from "../resource";

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
    const ids = zones.map(({ id }) => id);
    const tags = await tagsInParts(ids, tagsPerRequest, async (part) => {
      const { ResourceTagSets = [] } = await route53.listTagsForResources({
        ResourceType: "hostedzone",
        ResourceIds: part,
      });
      return ResourceTagSets.map(({ ResourceId = "", Tags }) => [ResourceId, tagsOf(Tags)]);
    });
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
