import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { codeOf, Failure } from "../../../../cli/failure";
import { parseJson, z } from "../../../../cli/json";
import type { ControlClient } from "../../host/control";
import type { PageState } from "../model/page";
import type { Readers } from "../reading/clients";
import type { Action, Actions } from "../server/actions";

const sizesSchema = z.object({ min: z.int(), desired: z.int(), max: z.int() });

interface LocalStack {
  readonly readers: Readers;
  readonly control: ControlClient;
  /** Keeps a paused group's sizes until it resumes. */
  readonly folder: string;
  readonly state: () => PageState | undefined;
}

/** The buttons of the page: through AWS's API where AWS has a call, otherwise through the region's own API. */
export function localActions(stack: LocalStack): Actions {
  return {
    perform: (action) => perform(stack, action),
  };
}

async function perform(stack: LocalStack, action: Action): Promise<string> {
  const { control, readers, state } = stack;
  const post = async (route: string): Promise<void> => {
    await control.post(route, undefined, z.unknown());
  };
  switch (action.kind) {
    case "load":
      await post(`/machines/${knownServer(state(), action.serverId)}/load`);
      return `${action.serverId} is under load: yes > /dev/null runs on it.`;
    case "unload":
      await post(`/machines/${knownServer(state(), action.serverId)}/unload`);
      return `The load on ${action.serverId} has stopped.`;
    case "cutPower":
      await post(`/machines/${knownServer(state(), action.serverId)}/kill`);
      return `The power of ${action.serverId} is cut.`;
    case "end":
      await (
        await readers.ec2()
      ).terminateInstances({ InstanceIds: [knownServer(state(), action.serverId)] });
      return `${action.serverId} ends: EC2's TerminateInstances was called.`;
    case "cutDatabase":
      await post(`/databases/${databaseId(state())}/cut`);
      return "The database is cut off.";
    case "restoreDatabase":
      await post(`/databases/${databaseId(state())}/restore`);
      return "The database is connected again.";
    case "pause":
      return pause(stack);
    case "resume":
      return resume(stack);
  }
}

/** Only servers that the page shows: an id in a path must not be anything else. */
function knownServer(state: PageState | undefined, id: string): string {
  const shown = [...(state?.servers ?? []), ...(state?.others ?? [])];
  if (shown.some((server) => server.id === id)) return id;
  throw new Failure(`The stack has no server ${id}.`, "It has ended; choose another one.");
}

function databaseId(state: PageState | undefined): string {
  const database = state?.database ?? undefined;
  if (database === undefined) throw new Failure("The stack has no database.", "Create the site first.");
  return database.id;
}

/** As the setting `fleet.paused` does: a maximum of 0 prevents schedules and scaling from starting servers. */
async function pause({ readers, folder, state }: LocalStack): Promise<string> {
  const group = groupOf(state());
  if (group.max === 0) return "The group is already paused.";
  const { min, desired, max, name } = group;
  await mkdir(folder, { recursive: true });
  await writeFile(fileOf(folder, name), JSON.stringify({ min, desired, max }));
  await setSizes(readers, name, { min: 0, desired: 0, max: 0 });
  return `The group is paused; its ${String(desired)} ${desired === 1 ? "server ends" : "servers end"}.`;
}

async function resume({ readers, folder, state }: LocalStack): Promise<string> {
  const group = groupOf(state());
  if (group.max > 0) return "The group is not paused.";
  const sizes = await readSizes(fileOf(folder, group.name));
  if (sizes === undefined) {
    throw new Failure(
      "The group was not paused on this page, so that its sizes before are unknown.",
      "Set fleet.paused to false, then run npm run local.",
    );
  }
  await setSizes(readers, group.name, sizes);
  await rm(fileOf(folder, group.name), { force: true });
  return `The group resumes with ${String(sizes.desired)} of ${String(sizes.min)} to ${String(sizes.max)} servers.`;
}

function groupOf(state: PageState | undefined) {
  const group = state?.group ?? undefined;
  if (group === undefined)
    throw new Failure("The stack has no Auto Scaling group.", "Create the site first.");
  return group;
}

async function setSizes(
  { autoScaling }: Readers,
  AutoScalingGroupName: string,
  { min, desired, max }: z.output<typeof sizesSchema>,
): Promise<void> {
  const client = await autoScaling();
  await client.updateAutoScalingGroup({
    AutoScalingGroupName,
    MinSize: min,
    DesiredCapacity: desired,
    MaxSize: max,
  });
}

function fileOf(folder: string, groupName: string): string {
  return path.join(folder, `paused-${encodeURIComponent(groupName)}.json`);
}

async function readSizes(file: string) {
  try {
    return parseJson(sizesSchema, await readFile(file, "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
