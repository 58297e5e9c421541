import type { Ec2, Tools } from "./ec2";
import { findFamily, markSuperseded, removeImage, type OwnImage } from "./images";
import { supersededTag, type ImageFamily } from "./naming";

/** Stopped servers count: a user may want to launch another server from the same image. */
const alive = ["pending", "running", "stopping", "stopped"];

/**
 * What uses the image: servers launched from it, and launch templates that name it in their default or newest version.
 * Older versions of a launch template do not count, because Pulumi keeps all of them.
 */
export async function usersOf(ec2: Ec2, imageId: string): Promise<readonly string[]> {
  const ofImage = { Name: "image-id", Values: [imageId] };
  const { Reservations = [] } = await ec2.describeInstances({
    Filters: [ofImage, { Name: "instance-state-name", Values: alive }],
  });
  const servers = Reservations.flatMap(({ Instances = [] }) =>
    Instances.flatMap(({ InstanceId }) => InstanceId ?? []),
  );
  const templates: string[] = [];
  const wanted = { Versions: ["$Latest", "$Default"], Filters: [ofImage] };
  for await (const { LaunchTemplateVersions = [] } of ec2.paginateDescribeLaunchTemplateVersions(wanted)) {
    templates.push(...LaunchTemplateVersions.flatMap(({ LaunchTemplateId }) => LaunchTemplateId ?? []));
  }
  return [...new Set([...servers, ...templates])];
}

/** Removes the image. While something uses it, tags it instead, and a later sweep removes it. */
export async function removeOnceUnused({ ec2, progress }: Tools, image: OwnImage): Promise<void> {
  const users = await usersOf(ec2, image.id);
  if (users.length > 0) {
    await markSuperseded(ec2, image.id);
    progress.step(
      `${image.id} is kept while ${named(users)} ${users.length === 1 ? "uses" : "use"} it; the next bake or destroy checks again`,
    );
    return;
  }
  await removeImage(ec2, image);
  progress.step(`${image.id} was removed with its snapshots`);
}

/**
 * Removes unused images of the family.
 * @param except the image that is kept in any case
 * @param onlySuperseded whether to keep images that were not replaced: one may be new, and its servers not launched yet
 */
export async function sweep(
  { ec2, progress }: Tools,
  family: ImageFamily,
  { except, onlySuperseded }: { readonly except: string; readonly onlySuperseded: boolean },
): Promise<void> {
  for (const image of await findFamily(ec2, family)) {
    if (image.id === except || (onlySuperseded && image.tags[supersededTag] === undefined)) continue;
    if ((await usersOf(ec2, image.id)).length > 0) continue;
    await removeImage(ec2, image);
    progress.step(`${image.id}, which nothing uses, was removed with its snapshots`);
  }
}

function named(users: readonly string[]): string {
  const [first = "", ...others] = users;
  return others.length === 0 ? first : `${first} and ${String(others.length)} more`;
}
