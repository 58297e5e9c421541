import { monthly, prices } from "../prices";
import { allOf, known, tagsOf, type ResourceType } from "../resource";

/** Secrets. RDS creates and deletes the secret of a database itself. */
export const secrets: ResourceType = {
  kind: "secret",
  list: async (clients) => {
    const secretsManager = await clients.secretsManager();
    const found = await allOf(secretsManager.paginateListSecrets({}), (page) => page.SecretList);
    return found.map(({ ARN = "", Name = "", Tags, CreatedDate, OwningService }) => {
      const tags = tagsOf(Tags);
      const database = OwningService === "rds" ? tags["aws:rds:primaryDBInstanceArn"] : undefined;
      return {
        kind: "secret",
        id: Name,
        detail: OwningService === undefined ? "" : `of ${OwningService}`,
        tags,
        createdAt: CreatedDate,
        dollarsPerHour: monthly(prices.secretPerMonth),
        running: false,
        aliases: [ARN],
        uses: known(database),
        goesWith: database?.split(":").at(-1),
      };
    });
  },
  // AWS keeps a deleted secret for 30 days, free of charge, and can restore it until then.
  remove: async (clients, id) => {
    await (await clients.secretsManager()).deleteSecret({ SecretId: id });
  },
};
