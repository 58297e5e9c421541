import { monthly, prices } from "../prices";
import { allOf, type ResourceType } from "../resource";

/** AWS's shortest time until a key is deleted; it costs nothing meanwhile. */
const pendingDays = 7;
/** Keys in other states are about to be deleted. */
const paid: ReadonlySet<string> = new Set(["Enabled", "Disabled", "PendingImport", "Unavailable"]);

/** Customer managed keys of KMS, without requests. Removal deletes a key after a week, in which it can be kept. */
export const keys: ResourceType = {
  kind: "key",
  list: async (clients) => {
    const kms = await clients.kms();
    const found = await allOf(kms.paginateListKeys({}), (page) => page.Keys);
    const known = await Promise.all(
      found.map(async ({ KeyId = "" }) => {
        const { KeyMetadata } = await kms.describeKey({ KeyId });
        if (KeyMetadata?.KeyManager !== "CUSTOMER" || !paid.has(KeyMetadata.KeyState ?? "")) return [];
        const { Tags = [] } = await kms.listResourceTags({ KeyId });
        return [
          {
            kind: "key" as const,
            id: KeyId,
            detail: `${KeyMetadata.Description ?? ""} ${KeyMetadata.KeyState ?? ""}`.trim(),
            tags: Object.fromEntries(
              Tags.flatMap(({ TagKey, TagValue }) =>
                TagKey === undefined ? [] : [[TagKey, TagValue ?? ""] as const],
              ),
            ),
            createdAt: KeyMetadata.CreationDate,
            dollarsPerHour: monthly(prices.keyPerMonth),
            running: false,
            aliases: KeyMetadata.Arn === undefined ? [] : [KeyMetadata.Arn],
            uses: [],
          },
        ];
      }),
    );
    return known.flat();
  },
  remove: async (clients, id) => {
    await (await clients.kms()).scheduleKeyDeletion({ KeyId: id, PendingWindowInDays: pendingDays });
  },
};
