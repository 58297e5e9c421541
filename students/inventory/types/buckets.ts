import { nameOf } from "../../preflight/client";
import { allOf, tagsOf, type Resource, type ResourceType } from "../resource";

/**
 * Buckets of S3, of every region, because the list of the account has them all. What they store is billed by use, which S3
 * does not list. AWS refuses to remove one that has objects, so no data is lost.
 */
export const buckets: ResourceType = {
  kind: "bucket",
  list: async (clients) => {
    const s3 = await clients.s3();
    const found = await allOf(s3.paginateListBuckets({}), (page) => page.Buckets);
    const resources: Resource[] = [];
    for (const { Name = "", CreationDate, BucketRegion } of found) {
      resources.push({
        kind: "bucket",
        id: Name,
        detail: BucketRegion ?? "",
        tags: await tagsOfBucket(clients, Name),
        createdAt: CreationDate,
        dollarsPerHour: undefined,
        running: false,
        uses: [],
      });
    }
    return resources;
  },
  remove: async (clients, id) => {
    await (await clients.s3()).deleteBucket({ Bucket: id });
  },
};

async function tagsOfBucket(
  clients: Parameters<ResourceType["list"]>[0],
  Bucket: string,
): Promise<Resource["tags"]> {
  try {
    return tagsOf((await (await clients.s3()).getBucketTagging({ Bucket })).TagSet);
  } catch (error) {
    if (nameOf(error) === "NoSuchTagSet" || nameOf(error) === "NoSuchBucket") return {};
    throw error;
  }
}
