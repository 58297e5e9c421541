import type { _InstanceType, Instance } from "@aws-sdk/client-ec2";

import { readConsole, type ConsoleReading } from "./console";
import { isRefusal, ofFamily, tagsOf, toTags, type Ec2, type Tools } from "./ec2";
import type { GoldenImageInputs } from "./inputs";
import { familyTag, nameTag, type ImageFamily } from "./naming";
import { judgeBuilder, type MachineState } from "./verdict";

/** An image to be baked. */
export interface BakeOrder extends GoldenImageInputs {
  readonly family: ImageFamily;
  readonly name: string;
  /** The builder's, in base64: it builds, tests itself, and powers off only when all of that went well. */
  readonly userData: string;
}

/** A machine that bakes, or did. */
export interface Builder {
  readonly id: string;
  /** Of the image that it bakes. */
  readonly imageName: string | undefined;
  readonly machine: MachineState;
}

const notGone = ["pending", "running", "stopping", "stopped"];

/** The tags that a later run finds things by, beside the stack's. */
export const bookkeeping = ({ family, name }: Pick<BakeOrder, "family" | "name">) => ({
  [familyTag]: family,
  [nameTag]: name,
});

/** Every builder of the family that is not gone, for whichever image. */
export async function findBuilders(ec2: Ec2, family: ImageFamily): Promise<readonly Builder[]> {
  const filters = [ofFamily(family), { Name: "instance-state-name", Values: notGone }];
  const { Reservations = [] } = await ec2.describeInstances({ Filters: filters });
  return Reservations.flatMap(({ Instances = [] }) => Instances.map(builderFrom));
}

/** Starts a builder: no key, no role, no metadata of version 1, and it stops rather than ends when it is done. */
export async function launchBuilder(ec2: Ec2, order: BakeOrder): Promise<string> {
  if (!isInstanceType(order.instanceType)) throw new Error(`${order.instanceType} is no instance type`);
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
  if (id === undefined) throw new Error("EC2 accepted the builder and did not say which it is");
  return id;
}

/**
 * Waits until the builder has proven that its build succeeded.
 * @throws Error with the reason from its console and the console's last lines
 */
export async function watchBuilder(tools: Tools, id: string, timeoutMinutes: number): Promise<void> {
  const deadline = Date.now() + timeoutMinutes * 60_000;
  for (let told: string | undefined; ;) {
    const machine = await machineOf(tools.ec2, id);
    const console = readConsole(await consoleOutput(tools.ec2, id));
    const verdict = judgeBuilder(machine, console);
    if (verdict.kind === "proven") return;
    if (verdict.kind === "failed") throw failure(`The builder ${id} failed: ${verdict.reason}`, console);
    if (Date.now() > deadline) {
      const at = console.lastStep === undefined ? "" : `; it was at "${console.lastStep}"`;
      throw failure(`The builder ${id} was not done within ${String(timeoutMinutes)} minutes${at}`, console);
    }
    const word = console.lastStep ?? machine.state;
    if (word !== told) tools.tell.passing(`building: ${word}`);
    told = word;
    await tools.pause();
  }
}

/** How a builder that an earlier run left stands. */
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

/** By a filter: EC2 may need a moment until it knows by its id what it has just started. */
async function machineOf(ec2: Ec2, id: string): Promise<MachineState> {
  const { Reservations = [] } = await ec2.describeInstances({
    Filters: [{ Name: "instance-id", Values: [id] }],
  });
  const instance = Reservations[0]?.Instances?.[0];
  return instance === undefined
    ? { state: "pending", reasonCode: undefined, reason: undefined }
    : machineFrom(instance);
}

/** What the console says now where the type lets us ask for that (Nitro), else what it said some minutes ago. */
async function consoleOutput(ec2: Ec2, id: string): Promise<string> {
  try {
    return decoded(await ec2.getConsoleOutput({ InstanceId: id, Latest: true }));
  } catch (error) {
    if (isRefusal(error, "InvalidInstanceID.NotFound")) return "";
    if (!isRefusal(error, "UnsupportedOperation")) throw error;
    return decoded(await ec2.getConsoleOutput({ InstanceId: id }));
  }
}

/** The SDK lists the types of its day; EC2 takes newer ones too. */
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
  if (lastLines.length === 0) return new Error(`${what}. Its console said nothing.`);
  return new Error(`${what}. The end of its console:\n${lastLines.map((line) => `  ${line}`).join("\n")}`);
}
