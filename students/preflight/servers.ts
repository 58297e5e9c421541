import { _InstanceType, type EC2, type Instance } from "@aws-sdk/client-ec2";

import { architectureOf, processorOf } from "../../components/shared/processors";
import type { StackSettings } from "../../config";
import { answered, notAllowed } from "./client";
import { dryRun, type Permission } from "./permission";

/** Servers that run in an account, and those that the stack adds. */
export interface ServerFacts {
  /** Running and pending servers; undefined when the account may not ask. */
  readonly servers: number | undefined;
  /** Their virtual CPUs. */
  readonly vcpus: number | undefined;
  /** Virtual CPUs of the most servers that the stack may run at once; undefined for types that the region lacks. */
  readonly wantedVcpus: number | undefined;
  /** Whether the account may create an AMI. */
  readonly images: Permission;
  /** Server types of the stack that the account may not start. */
  readonly refusedTypes: readonly string[];
}

/** No instance has this id. AWS still answers whether the account may create an image. */
const anyInstance = "i-00000000000000000";

/** Amazon's own image for the type's architecture: every account may start it. */
const anyImageFor = (type: string) =>
  `resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architectureOf[processorOf(type)]}`;

/** Asks an account about its servers. Changes nothing: the requests are dry runs. */
export async function askAboutServers(ec2: EC2, { fleet, launcher }: StackSettings): Promise<ServerFacts> {
  const running = await runningServers(ec2);
  const wanted = [
    { type: fleet.instanceType, count: fleet.capacity.max },
    { type: launcher.instanceType, count: launcher.maxRunningServers },
  ];
  const types = [...new Set(wanted.map(({ type }) => type))];
  const [images, sizes, ...permissions] = await Promise.all([
    mayMakeImages(ec2, running?.[0]?.InstanceId ?? anyInstance),
    vcpusOf(ec2, types),
    ...types.map((type) => mayStart(ec2, type)),
  ]);
  return {
    servers: running?.length,
    vcpus: running?.reduce(
      (sum, { CpuOptions: cpu }) => sum + (cpu?.CoreCount ?? 1) * (cpu?.ThreadsPerCore ?? 2),
      0,
    ),
    wantedVcpus: wanted.reduce<number | undefined>((sum, { type, count }) => {
      const size = sizes.get(type);
      return sum === undefined || size === undefined ? undefined : sum + size * count;
    }, 0),
    images,
    refusedTypes: types.filter((_, index) => permissions[index] === "denied"),
  };
}

async function runningServers(ec2: EC2): Promise<readonly Instance[] | undefined> {
  const states = { Name: "instance-state-name", Values: ["pending", "running"] };
  const answer = await answered(ec2.describeInstances({ Filters: [states] }), ...notAllowed);
  return answer?.Reservations?.flatMap(({ Instances = [] }) => Instances);
}

/** Virtual CPUs by type, without the types that AWS does not report or that the region lacks. */
async function vcpusOf(ec2: EC2, types: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const named = { Name: "instance-type", Values: [...types] };
  const answer = await answered(ec2.describeInstanceTypes({ Filters: [named] }), ...notAllowed);
  const { InstanceTypes = [] } = answer ?? {};
  return new Map(
    InstanceTypes.flatMap(({ InstanceType, VCpuInfo }) =>
      InstanceType === undefined || VCpuInfo?.DefaultVCpus === undefined
        ? []
        : [[InstanceType, VCpuInfo.DefaultVCpus] as const],
    ),
  );
}

/** A running server gives the most reliable answer: AWS may check the server before the permission. */
function mayMakeImages(ec2: EC2, instanceId: string): Promise<Permission> {
  return dryRun(ec2.createImage({ InstanceId: instanceId, Name: "wordpress-preflight", DryRun: true }));
}

async function mayStart(ec2: EC2, type: string): Promise<Permission> {
  const known = Object.values(_InstanceType).find((name) => name === type);
  if (known === undefined) return "unknown";
  const one = { MinCount: 1, MaxCount: 1 };
  return dryRun(ec2.runInstances({ ImageId: anyImageFor(type), InstanceType: known, ...one, DryRun: true }));
}
