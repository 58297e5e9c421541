import {
  endBuilders,
  findBuilders,
  isWorthKeeping,
  launchBuilder,
  watchBuilder,
  type BakeOrder,
} from "./builder";
import type { Ec2, Tools } from "./ec2";
import {
  findByName,
  imageBuilder,
  removeImage,
  removeSnapshots,
  unmarkSuperseded,
  waitUntilAvailable,
  type OwnImage,
} from "./images";
import { supersededTag } from "./naming";
import { sweep } from "./uses";

/** The user data of a builder; called only when one is launched. */
export type UserData = () => Promise<string>;

/**
 * Bakes the image unless an image of that name exists. It resumes the work of an earlier, interrupted run, and removes
 * unused images and builders that earlier runs left.
 * @returns the image's id
 * @throws Error with the reason; no unfinished image and no builder remains
 */
export async function bake(tools: Tools, order: BakeOrder, userData: UserData): Promise<string> {
  const id = (await reusable(tools, order)) ?? (await bakeNew(tools, order, userData));
  await endAllBuilders(tools.ec2, order);
  await sweep(tools, order.family, { except: id, onlySuperseded: false });
  return id;
}

async function reusable(tools: Tools, order: BakeOrder): Promise<string | undefined> {
  const image = await findByName(tools.ec2, order);
  if (image === undefined) return undefined;
  if (image.state === "pending") return finishImage(tools, order, image);
  if (image.state !== "available") {
    await removeImage(tools.ec2, image);
    return undefined;
  }
  if (image.tags[supersededTag] !== undefined) await unmarkSuperseded(tools.ec2, image.id);
  tools.progress.step(`${image.id} already has this content (${order.name}); nothing is baked`);
  return image.id;
}

/** An earlier run was interrupted while it waited for AWS to finish the image. */
async function finishImage(tools: Tools, order: BakeOrder, { id }: OwnImage): Promise<string> {
  return removingOnFailure(tools, order, [], async () => {
    tools.progress.step(`waiting for the image ${id} that an earlier run started`);
    await waitUntilAvailable(tools, id, order.timeoutMinutes);
    return id;
  });
}

async function bakeNew(tools: Tools, order: BakeOrder, userData: UserData): Promise<string> {
  const startedAt = Date.now();
  const started: string[] = [];
  return removingOnFailure(tools, order, started, async () => {
    const builderId = (await adoptedBuilder(tools, order)) ?? (await newBuilder(tools, order, userData));
    started.push(builderId);
    await watchBuilder(tools, builderId, order.timeoutMinutes);
    tools.progress.step("the builder passed its self-test; AWS creates the image");
    const id = await imageBuilder(tools.ec2, builderId, order);
    await waitUntilAvailable(tools, id, order.timeoutMinutes);
    tools.progress.step(`baked ${id} in ${duration(Date.now() - startedAt)}`);
    return id;
  });
}

async function newBuilder({ ec2, progress }: Tools, order: BakeOrder, userData: UserData): Promise<string> {
  const id = await launchBuilder(ec2, { ...order, userData: await userData() });
  progress.step(`building on ${id} from ${order.baseImageId}`);
  return id;
}

/** The builder that an earlier run started, if it can still succeed. */
async function adoptedBuilder({ ec2, progress }: Tools, order: BakeOrder): Promise<string | undefined> {
  for (const builder of await findBuilders(ec2, order.family)) {
    if (builder.imageName !== order.name || !(await isWorthKeeping(ec2, builder))) continue;
    progress.step(`resuming with the builder ${builder.id} that an earlier run started`);
    return builder.id;
  }
  return undefined;
}

/** Terminates every builder of the family: its image exists, or it was for another image. */
export async function endAllBuilders(
  ec2: Ec2,
  { family }: Pick<BakeOrder, "family">,
  known: readonly string[] = [],
): Promise<void> {
  const found = (await findBuilders(ec2, family)).map(({ id }) => id);
  await endBuilders(ec2, [...new Set([...known, ...found])]);
}

/**
 * Does the work, and removes what it created when it fails.
 * @param started ids of builders: EC2 may not find a new instance by its tags at once
 */
async function removingOnFailure<T>(
  tools: Tools,
  order: BakeOrder,
  started: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    try {
      await removeUnfinished(tools, order, started);
    } catch (another) {
      throw new Error(
        `${messageOf(error)}\nThe builder or the unfinished image could not be removed (${messageOf(another)}); the next update removes it.`,
        { cause: error },
      );
    }
    throw new Error(`${messageOf(error)}\nThe builder and the unfinished image were removed.`, {
      cause: error,
    });
  }
}

async function removeUnfinished({ ec2 }: Tools, order: BakeOrder, started: readonly string[]): Promise<void> {
  await endAllBuilders(ec2, order, started);
  const image = await findByName(ec2, order);
  if (image === undefined) await removeSnapshots(ec2, order.name);
  else await removeImage(ec2, image);
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60
    ? `${String(seconds)} s`
    : `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
}
