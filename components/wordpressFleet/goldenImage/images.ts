import type { Image } from "@aws-sdk/client-ec2";

import { bookkeeping, type BakeOrder } from "./builder";
import { isRefusal, ofFamily, ofName, tagsOf, toTags, type Ec2, type Tools } from "./ec2";
import { familyTag, supersededTag, type ImageFamily } from "./naming";

/** An image of ours. */
export interface OwnImage {
  readonly id: string;
  readonly name: string;
  /** `available` when servers can start from it. */
  readonly state: string;
  /** Why it failed. */
  readonly reason: string | undefined;
  readonly snapshotIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** The image of that name, in whichever state. @throws when there is one that this stack did not bake */
export async function findByName(
  ec2: Ec2,
  { name, family }: Pick<BakeOrder, "name" | "family">,
): Promise<OwnImage | undefined> {
  const [image] = await ownImages(ec2, [{ Name: "name", Values: [name] }]);
  if (image === undefined || image.tags[familyTag] === family) return image;
  throw new Error(
    `The account has an image ${image.id} named ${name} that this stack did not bake: its tag ${familyTag} ` +
      `is ${image.tags[familyTag] ?? "missing"}. Deregister it, or give it that tag with the value ${family}.`,
  );
}

export async function findById(ec2: Ec2, id: string): Promise<OwnImage | undefined> {
  const [image] = await ownImages(ec2, [{ Name: "image-id", Values: [id] }]);
  return image;
}

export const findFamily = (ec2: Ec2, family: ImageFamily): Promise<readonly OwnImage[]> =>
  ownImages(ec2, [ofFamily(family)]);

/** Images the stopped builder. The image is not ready yet when this returns. */
export async function imageBuilder(ec2: Ec2, builderId: string, order: BakeOrder): Promise<string> {
  const tags = toTags({ ...order.tags, ...bookkeeping(order) });
  const { ImageId } = await ec2.createImage({
    InstanceId: builderId,
    Name: order.name,
    Description: `Baked from ${order.baseImageId}`,
    TagSpecifications: (["image", "snapshot"] as const).map((ResourceType) => ({
      ResourceType,
      Tags: tags,
    })),
  });
  if (ImageId === undefined) throw new Error("EC2 accepted the image and did not say which it is");
  return ImageId;
}

/** @throws Error when AWS gives it up, or when it is not there within that time */
export async function waitUntilAvailable(tools: Tools, id: string, timeoutMinutes: number): Promise<void> {
  const deadline = Date.now() + timeoutMinutes * 60_000;
  for (;;) {
    // EC2 may need a moment until it finds what it has just made.
    const { state = "pending", reason } = (await findById(tools.ec2, id)) ?? {};
    if (state === "available") return;
    if (state !== "pending") throw new Error(`AWS could not make the image ${id}: ${reason ?? state}`);
    if (Date.now() > deadline) {
      throw new Error(`AWS had not finished the image ${id} after ${String(timeoutMinutes)} minutes`);
    }
    await tools.pause();
  }
}

/** Takes the image away with its snapshots; also what is left of one that is gone already. */
export async function removeImage(ec2: Ec2, { id, name, snapshotIds }: OwnImage): Promise<void> {
  await unless(
    "InvalidAMIID.NotFound",
    "InvalidAMIID.Unavailable",
  )(() => ec2.deregisterImage({ ImageId: id }));
  await removeSnapshots(ec2, name, snapshotIds);
}

/** Snapshots of the image of that name. An unfinished image does not list its snapshots. */
export async function removeSnapshots(ec2: Ec2, name: string, known: readonly string[] = []): Promise<void> {
  const { Snapshots = [] } = await ec2.describeSnapshots({ OwnerIds: ["self"], Filters: [ofName(name)] });
  const ids = new Set([...known, ...Snapshots.flatMap(({ SnapshotId }) => SnapshotId ?? [])]);
  for (const SnapshotId of ids) {
    await unless("InvalidSnapshot.NotFound")(() => ec2.deleteSnapshot({ SnapshotId }));
  }
}

/** Marks an image that was replaced, so that a later sweep may remove it. */
export async function markSuperseded(ec2: Ec2, id: string): Promise<void> {
  await ec2.createTags({
    Resources: [id],
    Tags: toTags({ [supersededTag]: new Date().toISOString() }),
  });
}

export async function unmarkSuperseded(ec2: Ec2, id: string): Promise<void> {
  await ec2.deleteTags({ Resources: [id], Tags: [{ Key: supersededTag }] });
}

/** Changes the program's tags of the image and its snapshots, and no others. */
export async function retag(
  ec2: Ec2,
  { id, snapshotIds }: OwnImage,
  from: Readonly<Record<string, string>>,
  to: Readonly<Record<string, string>>,
): Promise<void> {
  const Resources = [id, ...snapshotIds];
  const gone = Object.keys(from).filter((key) => !(key in to));
  if (gone.length > 0) await ec2.deleteTags({ Resources, Tags: gone.map((Key) => ({ Key })) });
  const changed = Object.fromEntries(Object.entries(to).filter(([key, value]) => from[key] !== value));
  if (Object.keys(changed).length > 0) await ec2.createTags({ Resources, Tags: toTags(changed) });
}

async function ownImages(
  ec2: Ec2,
  filters: readonly { readonly Name?: string | undefined; readonly Values?: string[] | undefined }[],
): Promise<readonly OwnImage[]> {
  const { Images = [] } = await ec2.describeImages({ Owners: ["self"], Filters: [...filters] });
  return Images.map(imageFrom);
}

function imageFrom(image: Image): OwnImage {
  return {
    id: image.ImageId ?? "",
    name: image.Name ?? "",
    state: image.State ?? "pending",
    reason: image.StateReason?.Message,
    snapshotIds: (image.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs?.SnapshotId ?? []),
    tags: tagsOf(image.Tags),
  };
}

/** Runs a call for which these refusals mean that it is done already. */
const unless =
  (...codes: readonly string[]) =>
  async (call: () => Promise<unknown>): Promise<void> => {
    try {
      await call();
    } catch (error) {
      if (!isRefusal(error, ...codes)) throw error;
    }
  };
