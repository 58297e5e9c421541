import { EC2 } from "@aws-sdk/client-ec2";
import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";

import type { StackSettings } from "../../config";
import { Failure, messageOf } from "../../local/failure";
import type { Credentials } from "../credentials/resolve";
import type { AccountFacts } from "./judge";

/** What AWS's clients take. */
export interface ClientConfig {
  readonly region: string;
  readonly credentials: Credentials;
  /** Only for an AWS that is none. */
  readonly endpoint?: string;
}

/** An instance that nobody has: enough to be told whether an image of one could be made. */
const anyInstance = "i-00000000000000000";

/**
 * Whose credentials these are.
 * @throws Failure when they are none, or have ended
 */
export async function accountOf(config: ClientConfig): Promise<string> {
  try {
    const { Account } = await new STS(config).getCallerIdentity({});
    if (Account === undefined) throw new Error("STS answered without an account");
    return Account;
  } catch (error) {
    const ended = nameOf(error).startsWith("ExpiredToken");
    throw new Failure(
      ended ? "The credentials have ended." : `AWS does not take the credentials: ${messageOf(error)}.`,
      "Start the lab's session and give the credentials that its page shows now.",
      { cause: error },
    );
  }
}

/** Asks an account for all that {@link judge} looks at. Changes nothing. */
export async function askAccount(
  config: ClientConfig,
  accountId: string,
  settings: StackSettings,
): Promise<AccountFacts> {
  const { expiresAt, writtenAt } = config.credentials;
  const about = { accountId, expiresAt, writtenAt };
  const ec2 = new EC2(config);
  if (!(await isOpen(ec2))) {
    const nothing = { servers: 0, vpcs: 0, elasticIps: 0, missing: [], images: "unknown" as const };
    return { ...about, regionIsOpen: false, ...nothing };
  }
  const [servers, vpcs, addresses, missing, images] = await Promise.all([
    countServers(ec2),
    ec2.describeVpcs({}),
    ec2.describeAddresses({}),
    whatIsMissing(config, ec2, settings),
    mayMakeImages(ec2),
  ]);
  return {
    ...about,
    regionIsOpen: true,
    servers,
    vpcs: vpcs.Vpcs?.length ?? 0,
    elasticIps: addresses.Addresses?.length ?? 0,
    missing,
    images,
  };
}

async function isOpen(ec2: EC2): Promise<boolean> {
  const answer = await answered(ec2.describeAvailabilityZones({}), "UnauthorizedOperation", "AuthFailure");
  return answer !== undefined;
}

async function countServers(ec2: EC2): Promise<number> {
  const states = { Name: "instance-state-name", Values: ["pending", "running"] };
  const { Reservations = [] } = await ec2.describeInstances({ Filters: [states] });
  return Reservations.reduce((sum, { Instances = [] }) => sum + Instances.length, 0);
}

/** What the settings name and the account does not have; only the parts of a lab that an `up` would stumble on. */
async function whatIsMissing(
  config: ClientConfig,
  ec2: EC2,
  { fleet, launcher }: StackSettings,
): Promise<readonly string[]> {
  const iam = new IAM(config);
  const { instanceProfileName } = fleet;
  const roleName = launcher.existingRoleArn?.split("/").at(-1);
  const keyPairs = new Set([fleet.keyPairName, launcher.keyPairName]);
  const missing: string[] = [];
  if (
    instanceProfileName !== undefined &&
    !(await answered(
      iam.getInstanceProfile({ InstanceProfileName: instanceProfileName }),
      "NoSuchEntityException",
    ))
  ) {
    missing.push(`instance profile ${instanceProfileName}`);
  }
  if (
    roleName !== undefined &&
    !(await answered(iam.getRole({ RoleName: roleName }), "NoSuchEntityException"))
  ) {
    missing.push(`role ${roleName}`);
  }
  for (const name of keyPairs) {
    if (name === undefined) continue;
    const found = await answered(ec2.describeKeyPairs({ KeyNames: [name] }), "InvalidKeyPair.NotFound");
    if (found === undefined) missing.push(`key pair ${name} in ${config.region}`);
  }
  return missing;
}

/** A dry run is refused in any case; how it is refused is the answer. */
async function mayMakeImages(ec2: EC2): Promise<AccountFacts["images"]> {
  try {
    await ec2.createImage({ InstanceId: anyInstance, Name: "wordpress-preflight", DryRun: true });
    return "unknown";
  } catch (error) {
    const name = nameOf(error);
    if (name === "DryRunOperation") return "allowed";
    if (name === "UnauthorizedOperation") return "denied";
    if (name.startsWith("InvalidInstanceID")) return "unknown";
    throw error;
  }
}

/** The answer, or undefined when it is one of these errors. */
async function answered<Answer>(
  call: Promise<Answer>,
  ...names: readonly string[]
): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (names.includes(nameOf(error))) return undefined;
    throw error;
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}
