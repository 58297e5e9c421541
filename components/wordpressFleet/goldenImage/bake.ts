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

/**
 * The image's id, baked unless there is one of the name already. What an earlier run that was cut off had begun
 * goes on; what it left of other images goes.
 * @throws Error with the reason; neither a half-made image nor a builder stays then
 */
export async function bake(tools: Tools, order: BakeOrder): Promise<string> {
  const id = (await reusable(tools, order)) ?? (await bakeAnew(tools, order));
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
  tools.tell.step(`${image.id} has the same content already (${order.name}); nothing is baked`);
  return image.id;
}

/** An earlier run was cut off while it waited for AWS to finish the image. */
async function finishImage(tools: Tools, order: BakeOrder, { id }: OwnImage): Promise<string> {
  return orNothing(tools, order, [], async () => {
    tools.tell.step(`waiting for the image ${id} that an earlier run began`);
    await waitUntilAvailable(tools, id, order.timeoutMinutes);
    return id;
  });
}

async function bakeAnew(tools: Tools, order: BakeOrder): Promise<string> {
  const started = Date.now();
  const begun: string[] = [];
  return orNothing(tools, order, begun, async () => {
    const builderId = (await adoptedBuilder(tools, order)) ?? (await newBuilder(tools, order));
    begun.push(builderId);
    await watchBuilder(tools, builderId, order.timeoutMinutes);
    tools.tell.step("the build has proven itself; AWS makes an image of it");
    const id = await imageBuilder(tools.ec2, builderId, order);
    await waitUntilAvailable(tools, id, order.timeoutMinutes);
    tools.tell.step(`baked ${id} in ${duration(Date.now() - started)}`);
    return id;
  });
}

async function newBuilder({ ec2, tell }: Tools, order: BakeOrder): Promise<string> {
  const id = await launchBuilder(ec2, order);
  tell.step(`building on ${id} from ${order.baseImageId}`);
  return id;
}

/** The builder that a run before this one began, if it can still succeed. */
async function adoptedBuilder({ ec2, tell }: Tools, order: BakeOrder): Promise<string | undefined> {
  for (const builder of await findBuilders(ec2, order.family)) {
    if (builder.imageName !== order.name || !(await isWorthKeeping(ec2, builder))) continue;
    tell.step(`going on with the builder ${builder.id} that an earlier run began`);
    return builder.id;
  }
  return undefined;
}

/** Every builder of the family: its work is done, or was for another image. */
export async function endAllBuilders(
  ec2: Ec2,
  { family }: Pick<BakeOrder, "family">,
  known: readonly string[] = [],
): Promise<void> {
  const found = (await findBuilders(ec2, family)).map(({ id }) => id);
  await endBuilders(ec2, [...new Set([...known, ...found])]);
}

/**
 * Does the work; when it fails, nothing of it stays.
 * @param begun builders, by id: EC2 may not find so early by its tags what it has just started
 */
async function orNothing<T>(
  tools: Tools,
  order: BakeOrder,
  begun: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    try {
      await removeUnfinished(tools, order, begun);
    } catch (another) {
      throw new Error(
        `${messageOf(error)}\nWhat was begun could not be removed (${messageOf(another)}); the next update looks after it.`,
        { cause: error },
      );
    }
    throw new Error(`${messageOf(error)}\nNeither the builder nor an image was kept.`, { cause: error });
  }
}

async function removeUnfinished({ ec2 }: Tools, order: BakeOrder, begun: readonly string[]): Promise<void> {
  await endAllBuilders(ec2, order, begun);
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
