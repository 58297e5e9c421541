import { EC2 } from "@aws-sdk/client-ec2";
import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";

import type { StackSettings } from "../../config";
import { Failure, messageOf } from "../../local/failure";
import { isRefused } from "../credentials/refused";
import { answered, type ClientConfig } from "./client";
import type { AccountFacts } from "./judge";
import { askQuotas } from "./quotas";
import { askAboutServers } from "./servers";

/**
 * Whose credentials these are.
 * @throws AWS's own error when it refuses them; Failure when it does not answer
 */
export async function accountOf(config: ClientConfig): Promise<string> {
  try {
    const { Account } = await new STS(config).getCallerIdentity({});
    if (Account === undefined) throw new Error("STS answered without an account");
    return Account;
  } catch (error) {
    if (isRefused(error)) throw error;
    throw new Failure(
      `AWS did not say whose the credentials are: ${messageOf(error)}.`,
      "Check that this machine reaches AWS, and run this again.",
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
  if (!(await isOpen(ec2))) return { ...about, region: undefined };
  const [servers, vpcs, addresses, missing, quotas] = await Promise.all([
    askAboutServers(ec2, settings),
    ec2.describeVpcs({}),
    ec2.describeAddresses({}),
    whatIsMissing(config, ec2, settings),
    askQuotas(config),
  ]);
  const { Vpcs = [] } = vpcs;
  const { Addresses = [] } = addresses;
  return {
    ...about,
    region: { ...servers, vpcs: Vpcs.length, elasticIps: Addresses.length, missing, quotas },
  };
}

async function isOpen(ec2: EC2): Promise<boolean> {
  const answer = await answered(ec2.describeAvailabilityZones({}), "UnauthorizedOperation", "AuthFailure");
  return answer !== undefined;
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
