import type { FileSystemDescription } from "@aws-sdk/client-efs";
import type { FileSystemArgs, FileSystemState } from "@pulumi/aws/efs";

import { choice } from "../choice";
import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { CheckFailure, Properties, ResourceType } from "../resourceType";
import { newTagList, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { waitUntil } from "../wait";
import { fromLifecycle, lifecycleRules, toLifecycle } from "./lifecycle";
import { updateTags } from "./tags";

const throughputModes = ["bursting", "elastic", "provisioned"] as const;
const performanceModes = ["generalPurpose", "maxIO"] as const;

/** An EFS file system. Its id is EFS's (`fs-…`). */
export const fileSystem: ResourceType<FileSystemArgs> = {
  token: "aws:efs/fileSystem:FileSystem",
  properties: {
    availabilityZoneName: { replace: true },
    creationToken: { replace: true, autoName: { maxLength: 64 } },
    encrypted: { replace: true, default: false },
    kmsKeyId: { replace: true, computed: true },
    lifecyclePolicies: { set: true, nested: lifecycleRules },
    performanceMode: { replace: true, computed: true },
    provisionedThroughputInMibps: {},
    tags: {},
    throughputMode: { default: "bursting" },
  },
  check: checkFileSystem,
  async create(aws, inputs) {
    const from = reading<FileSystemArgs>(inputs);
    const { FileSystemId } = await (
      await aws.efs()
    ).createFileSystem({
      ...throughputOf(inputs),
      AvailabilityZoneName: from.string("availabilityZoneName"),
      CreationToken: from.requiredString("creationToken"),
      Encrypted: from.boolean("encrypted"),
      KmsKeyId: from.string("kmsKeyId"),
      PerformanceMode: choice("performanceMode", performanceModes, from.string("performanceMode")),
      Tags: newTagList(inputs),
    });
    return { id: sent(FileSystemId, "FileSystemId") };
  },
  async complete(aws, id, inputs) {
    await untilAvailable(aws, id);
    const policies = reading<FileSystemArgs>(inputs).objects("lifecyclePolicies") ?? [];
    if (policies.length > 0) await putLifecycle(aws, id, policies);
  },
  async read(aws, id) {
    const found = await find(aws, id);
    if (found === undefined) return undefined;
    const efs = await aws.efs();
    const { LifecyclePolicies = [] } = await efs.describeLifecycleConfiguration({ FileSystemId: id });
    return present({
      arn: found.FileSystemArn,
      availabilityZoneName: found.AvailabilityZoneName,
      creationToken: found.CreationToken,
      dnsName: `${id}.efs.${aws.region}.amazonaws.com`,
      encrypted: found.Encrypted,
      kmsKeyId: found.KmsKeyId,
      lifecyclePolicies: LifecyclePolicies.map(fromLifecycle),
      name: found.Name,
      numberOfMountTargets: found.NumberOfMountTargets,
      ownerId: found.OwnerId,
      performanceMode: found.PerformanceMode,
      provisionedThroughputInMibps: found.ProvisionedThroughputInMibps,
      throughputMode: found.ThroughputMode,
      ...tagProperties(found.Tags),
    } satisfies Known<FileSystemState>);
  },
  async update(aws, change) {
    const { id, new: inputs, changed } = change;
    if (changed.has("throughputMode") || changed.has("provisionedThroughputInMibps")) {
      await (await aws.efs()).updateFileSystem({ ...throughputOf(inputs), FileSystemId: id });
      await untilAvailable(aws, id);
    }
    if (changed.has("lifecyclePolicies")) {
      await putLifecycle(aws, id, reading<FileSystemArgs>(inputs).objects("lifecyclePolicies") ?? []);
    }
    await updateTags(aws, change);
  },
  async delete(aws, id) {
    await unlessGone((await aws.efs()).deleteFileSystem({ FileSystemId: id }), "FileSystemNotFound");
    const gone = await waitUntil(600, async () => (await find(aws, id)) === undefined);
    if (!gone) throw new Error(`${id}: still exists 600 seconds after its deletion`);
  },
};

async function find(aws: AwsClients, FileSystemId: string): Promise<FileSystemDescription | undefined> {
  const answer = await unlessGone(
    (await aws.efs()).describeFileSystems({ FileSystemId }),
    "FileSystemNotFound",
  );
  return answer?.FileSystems?.[0];
}

function throughputOf(inputs: Properties) {
  const from = reading<FileSystemArgs>(inputs);
  return {
    ProvisionedThroughputInMibps: from.number("provisionedThroughputInMibps"),
    ThroughputMode: choice("throughputMode", throughputModes, from.string("throughputMode")),
  };
}

async function putLifecycle(
  aws: AwsClients,
  FileSystemId: string,
  policies: readonly Properties[],
): Promise<void> {
  const LifecyclePolicies = policies.map(toLifecycle);
  await (await aws.efs()).putLifecycleConfiguration({ FileSystemId, LifecyclePolicies });
}

async function untilAvailable(aws: AwsClients, id: string): Promise<void> {
  let state: string | undefined;
  const available = await waitUntil(600, async () => {
    state = (await find(aws, id))?.LifeCycleState;
    return state === "available";
  });
  if (!available) throw new Error(`${id}: ${String(state)} after 600 seconds, not available`);
}

/** Values that EFS refuses. Source: EFS API reference, CreateFileSystem. */
function checkFileSystem(inputs: Properties): readonly CheckFailure[] {
  const from = reading<FileSystemArgs>(inputs);
  const failures: CheckFailure[] = [];
  const mode = from.requiredString("throughputMode");
  const provisioned = from.number("provisionedThroughputInMibps");
  if (!throughputModes.some((known) => known === mode)) {
    failures.push({ property: "throughputMode", reason: `${mode} - allowed: ${throughputModes.join(", ")}` });
  }
  if ((mode === "provisioned") !== (provisioned !== undefined)) {
    failures.push({
      property: "provisionedThroughputInMibps",
      reason: "allowed only with throughputMode provisioned, which requires it",
    });
  }
  if (from.string("kmsKeyId") !== undefined && from.boolean("encrypted") !== true) {
    failures.push({ property: "kmsKeyId", reason: "given, and encrypted is not true" });
  }
  return failures;
}
