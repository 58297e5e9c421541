import type { Ec2, Tools } from "./ec2";
import { findFamily, markSuperseded, removeImage, type OwnImage } from "./images";
import { supersededTag, type ImageFamily } from "./naming";

/** A stopped server starts again from its own disk, but a person may want another one like it. */
const alive = ["pending", "running", "stopping", "stopped"];

/**
 * What would miss the image: servers that were started from it, and launch templates that start new ones from it.
 * Of a template its default and its newest version count; older ones only matter while servers of theirs are there.
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

/** Removes the image, or, while it is used, says so and leaves it to a later sweep. */
export async function removeOnceUnused({ ec2, tell }: Tools, image: OwnImage): Promise<void> {
  const users = await usersOf(ec2, image.id);
  if (users.length > 0) {
    await markSuperseded(ec2, image.id);
    tell.step(
      `${image.id} is kept while ${named(users)} ${users.length === 1 ? "uses" : "use"} it; the next bake or destroy looks again`,
    );
    return;
  }
  await removeImage(ec2, image);
  tell.step(`${image.id} was removed with its snapshots`);
}

/**
 * Removes images of the family that nothing uses any more.
 * @param except the image that stays whatever its use
 * @param onlySuperseded not those that no other image has taken the place of: one may be new, its servers still
 *   to come
 */
export async function sweep(
  { ec2, tell }: Tools,
  family: ImageFamily,
  { except, onlySuperseded }: { readonly except: string; readonly onlySuperseded: boolean },
): Promise<void> {
  for (const image of await findFamily(ec2, family)) {
    if (image.id === except || (onlySuperseded && image.tags[supersededTag] === undefined)) continue;
    if ((await usersOf(ec2, image.id)).length > 0) continue;
    await removeImage(ec2, image);
    tell.step(`${image.id}, which nothing uses any more, was removed with its snapshots`);
  }
}

function named(users: readonly string[]): string {
  const [first = "", ...others] = users;
  return others.length === 0 ? first : `${first} and ${String(others.length)} more`;
}
