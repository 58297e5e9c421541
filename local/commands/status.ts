import { knownStacks, readCheckpoint, type Checkpoint } from "../../engine/checkpoint";
import { emulatorFolder, type Folders } from "../../engine/folders";
import { projectName, regionInSettings } from "../../engine/settingsFile";
import { accountIdOf } from "../../localAws/accounts";
import { emulatorApi, emulatorStatus, type EmulatorStatus, type Firing } from "../../localAws/emulator";
import type { Context } from "../context";
import { firingLines } from "../firings";
import { describeFleet, fleetOutputs, fleetText, type Fleet } from "../fleet";
import { localCommand, type OptionsInForce } from "../localCommand";
import { readRecord } from "../record";
import { requireAskedPort } from "./shared";

/** A stack that has resources. */
interface StackStatus {
  readonly stack: string;
  readonly accountId: string;
  readonly region: string | undefined;
  readonly resources: number;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly fleet: Fleet | undefined;
  /** Firings of schedules, scheduled actions and scaling policies, newest first. */
  readonly firings: readonly Firing[];
  /** The problem that the next `up` fixes, if there is one. */
  readonly trouble: string | undefined;
}

/** Shows the emulator and every stack that is up in it, without starting the emulator or the engine. */
export async function status(context: Context): Promise<void> {
  const { folders, invocation } = context;
  const emulator = await emulatorStatus(emulatorFolder(folders));
  requireAskedPort(emulator, context);
  const stacks: StackStatus[] = [];
  for (const stack of await knownStacks(folders, projectName)) {
    const checkpoint = await readCheckpoint(folders, projectName, stack);
    if (checkpoint !== undefined && checkpoint.resources.length > 0) {
      stacks.push(await statusOf(folders, stack, checkpoint, emulator));
    }
  }
  const asked = stacks.find(({ stack }) => stack === invocation.stack);
  const region = asked?.region ?? (await regionInSettings(folders, invocation.stack));
  context.learn({
    ...(emulator.running ? { endpoint: emulator.endpoint } : {}),
    ...(region === undefined ? {} : { region }),
    accountId: accountIdOf(invocation.stack),
    outputs: asked?.outputs ?? {},
    resources: asked?.resources ?? 0,
    firings: asked?.firings ?? [],
    emulator,
    stacks,
  });
  context.conclude(
    [
      emulatorLine(emulator, invocation),
      ...stacks.flatMap((each) => stackLines(each, invocation)),
      ...hint(stacks, invocation),
    ].join("\n"),
  );
}

async function statusOf(
  folders: Folders,
  stack: string,
  { resources, outputs, interrupted }: Checkpoint,
  emulator: EmulatorStatus,
): Promise<StackStatus> {
  const record = await readRecord(folders, stack);
  const killed = interrupted.length > 0 || record?.unfinished === true;
  const trouble = troubleOf(record?.bootId, emulator, killed);
  const accountId = accountIdOf(stack);
  const names = fleetOutputs(outputs);
  const region = regionOf(names?.targetGroupArn) ?? (await regionInSettings(folders, stack));
  const there = emulator.running && trouble === undefined;
  const fleet =
    there && names !== undefined && region !== undefined
      ? await describeFleet({ endpoint: emulator.endpoint, region, accountId }, names)
      : undefined;
  const firings = there ? await emulatorApi(emulator.endpoint).firings(accountId) : [];
  return { stack, accountId, region, resources: resources.length, outputs, fleet, firings, trouble };
}

function troubleOf(
  bootId: string | undefined,
  emulator: EmulatorStatus,
  killed: boolean,
): string | undefined {
  if (!emulator.running) return "its emulator is not running";
  if (bootId !== emulator.bootId) return "the emulator has been restarted since";
  return killed ? "its last run was killed, or is still running" : undefined;
}

/** `arn:aws:elasticloadbalancing:us-east-1:…` */
function regionOf(arn: string | undefined): string | undefined {
  return arn?.split(":")[3];
}

function emulatorLine(emulator: EmulatorStatus, options: OptionsInForce): string {
  return emulator.running
    ? `Emulator: running at ${emulator.endpoint} (process ${emulator.pid}).`
    : `Emulator: not running. To start it: ${localCommand(options)}`;
}

function stackLines(
  { stack, accountId, resources, outputs, fleet, firings, trouble }: StackStatus,
  options: OptionsInForce,
): readonly string[] {
  return [
    "",
    `Stack ${stack}, account ${accountId}: ${resources} resources` +
      (trouble === undefined ? "" : `; ${trouble}. To fix it: ${localCommand({ ...options, stack })}`),
    ...(fleet === undefined ? [] : [`  fleet: ${fleetText(fleet)}`]),
    ...(firings.length === 0 ? [] : ["  firings, newest first:"]),
    ...firingLines(firings).map((line) => `    ${line}`),
    ...Object.entries(outputs).map(([name, value]) => `  ${name}: ${textOf(value)}`),
  ];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function hint(stacks: readonly StackStatus[], options: OptionsInForce): readonly string[] {
  return stacks.length === 0 ? [`No stack is up. To create one: ${localCommand(options)}`] : [];
}
