import type { _InstanceType, Instance } from "@aws-sdk/client-ec2";

import { readConsole, type ConsoleReading } from "./console";
import { isRefusal, ofFamily, tagsOf, toTags, type Ec2, type Tools } from "./ec2";
import type { GoldenImageInputs } from "./inputs";
import { familyTag, nameTag, type ImageFamily } from "./naming";
import { judgeBuilder, type MachineState } from "./verdict";

/** The image to bake. */
export interface BakeOrder extends GoldenImageInputs {
  readonly family: ImageFamily;
  readonly name: string;
}

/** The builder to launch. */
export interface BuilderOrder extends BakeOrder {
  /** In base64. The builder powers off only when its build and its self-test succeeded. */
  readonly userData: string;
}

/** An instance that bakes or has baked an image. */
export interface Builder {
  readonly id: string;
  /** Name of the image that it bakes. */
  readonly imageName: string | undefined;
  readonly machine: MachineState;
}

const notGone = ["pending", "running", "stopping", "stopped"];

/** Tags, besides the stack's, by which a later run finds builders, images and snapshots. */
export const bookkeeping = ({ family, name }: Pick<BakeOrder, "family" | "name">) => ({
  [familyTag]: family,
  [nameTag]: name,
});

/** All builders of the family that are not terminated, for any image. */
export async function findBuilders(ec2: Ec2, family: ImageFamily): Promise<readonly Builder[]> {
  const filters = [ofFamily(family), { Name: "instance-state-name", Values: notGone }];
  const { Reservations = [] } = await ec2.describeInstances({ Filters: filters });
  return Reservations.flatMap(({ Instances = [] }) => Instances.map(builderFrom));
}

/** Launches a builder without key pair, role or IMDSv1. When it shuts down it stops instead of terminating. */
export async function launchBuilder(ec2: Ec2, order: BuilderOrder): Promise<string> {
  if (!isInstanceType(order.instanceType)) throw new Error(`${order.instanceType} is not an instance type.`);
  const tags = toTags({ ...order.tags, Name: `${order.name} (builder)`, ...bookkeeping(order) });
  const { Instances = [] } = await ec2.runInstances({
    ImageId: order.baseImageId,
    InstanceType: order.instanceType,
    MinCount: 1,
    MaxCount: 1,
    UserData: order.userData,
    InstanceInitiatedShutdownBehavior: "stop",
    MetadataOptions: { HttpEndpoint: "enabled", HttpTokens: "required", HttpPutResponseHopLimit: 1 },
    NetworkInterfaces: [
      {
        DeviceIndex: 0,
        SubnetId: order.subnetId,
        Groups: [order.securityGroupId],
        AssociatePublicIpAddress: order.publicAddress,
        DeleteOnTermination: true,
      },
    ],
    BlockDeviceMappings: [
      {
        DeviceName: order.rootDeviceName,
        Ebs: { Encrypted: true, VolumeType: "gp3", DeleteOnTermination: true },
      },
    ],
    TagSpecifications: (["instance", "volume", "network-interface"] as const).map((ResourceType) => ({
      ResourceType,
      Tags: tags,
    })),
  });
  const id = Instances[0]?.InstanceId;
  if (id === undefined) throw new Error("EC2 launched the builder but returned no instance id.");
  return id;
}

/**
 * Waits until the builder has shut itself down, which proves that its build succeeded.
 * @throws Error with the reason from its console and the console's last lines
 */
export async function watchBuilder(tools: Tools, id: string, timeoutMinutes: number): Promise<void> {
  const deadline = Date.now() + timeoutMinutes * 60_000;
  for (let shown: string | undefined; ;) {
    const machine = await machineOf(tools.ec2, id);
    const console = readConsole(await consoleOutput(tools.ec2, id));
    const verdict = judgeBuilder(machine, console);
    if (verdict.kind === "proven") return;
    if (verdict.kind === "failed") throw failure(`The builder ${id} failed: ${verdict.reason}`, console);
    if (Date.now() > deadline) {
      const at = console.lastStep === undefined ? "" : `; its last step was "${console.lastStep}"`;
      throw failure(
        `The builder ${id} did not finish within ${String(timeoutMinutes)} minutes${at}`,
        console,
      );
    }
    const step = console.lastStep ?? machine.state;
    if (step !== shown) tools.progress.passing(`building: ${step}`);
    shown = step;
    await tools.pause();
  }
}

/** Whether a builder of an earlier run can still succeed. */
export async function isWorthKeeping(ec2: Ec2, { id, machine }: Builder): Promise<boolean> {
  return judgeBuilder(machine, readConsole(await consoleOutput(ec2, id))).kind !== "failed";
}

export async function endBuilders(ec2: Ec2, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  try {
    await ec2.terminateInstances({ InstanceIds: [...ids] });
  } catch (error) {
    if (!isRefusal(error, "InvalidInstanceID.NotFound")) throw error;
  }
}

/** By a filter, because EC2 may not find a new instance by its id at once. */
async function machineOf(ec2: Ec2, id: string): Promise<MachineState> {
  const { Reservations = [] } = await ec2.describeInstances({
    Filters: [{ Name: "instance-id", Values: [id] }],
  });
  const instance = Reservations[0]?.Instances?.[0];
  return instance === undefined
    ? { state: "pending", reasonCode: undefined, reason: undefined }
    : machineFrom(instance);
}

/** The console's latest output on Nitro instances, else the output of some minutes ago. */
async function consoleOutput(ec2: Ec2, id: string): Promise<string> {
  try {
    return decoded(await ec2.getConsoleOutput({ InstanceId: id, Latest: true }));
  } catch (error) {
    if (isRefusal(error, "InvalidInstanceID.NotFound")) return "";
    if (!isRefusal(error, "UnsupportedOperation")) throw error;
    return decoded(await ec2.getConsoleOutput({ InstanceId: id }));
  }
}

/** EC2 has newer instance types than the SDK's list. */
function isInstanceType(type: string): type is _InstanceType {
  return /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(type);
}

const decoded = ({ Output = "" }: { readonly Output?: string | undefined }) =>
  Buffer.from(Output, "base64").toString("utf8");

function builderFrom(instance: Instance): Builder {
  return {
    id: instance.InstanceId ?? "",
    imageName: tagsOf(instance.Tags)[nameTag],
    machine: machineFrom(instance),
  };
}

function machineFrom({ State, StateReason }: Instance): MachineState {
  return {
    state: State?.Name ?? "pending",
    reasonCode: StateReason?.Code,
    reason: StateReason?.Message,
  };
}

function failure(what: string, { lastLines }: ConsoleReading): Error {
  if (lastLines.length === 0) return new Error(`${what}. Its console is empty.`);
  return new Error(
    `${what}. The last lines of its console:\n${lastLines.map((line) => `  ${line}`).join("\n")}`,
  );
}
