import { monthly, prices } from "../prices";
import { allOf, tagsOf, type ResourceType } from "../resource";

/** Health checks of Route 53. They belong to no region. The first 50 of an account are free; this counts all. */
export const healthChecks: ResourceType = {
  kind: "health check",
  list: async (clients) => {
    const route53 = await clients.route53();
    const found = await allOf(route53.paginateListHealthChecks({}), (page) => page.HealthChecks);
    return Promise.all(
      found.map(async ({ Id = "", HealthCheckConfig }) => {
        const { ResourceTagSet } = await route53.listTagsForResource({
          ResourceType: "healthcheck",
          ResourceId: Id,
        });
        const tls = HealthCheckConfig?.Type?.startsWith("HTTPS") === true;
        return {
          kind: "health check" as const,
          id: Id,
          detail: HealthCheckConfig?.FullyQualifiedDomainName ?? HealthCheckConfig?.IPAddress ?? "",
          tags: tagsOf(ResourceTagSet?.Tags),
          createdAt: undefined,
          dollarsPerHour: monthly(
            prices.healthCheckPerMonth + (tls ? prices.healthCheckWithTlsExtraPerMonth : 0),
          ),
          running: false,
          uses: [],
        };
      }),
    );
  },
  remove: async (clients, id) => {
    await (await clients.route53()).deleteHealthCheck({ HealthCheckId: id });
  },
};
