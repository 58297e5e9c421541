import { EC2 } from "@aws-sdk/client-ec2";
import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";

import { Failure, messageOf } from "../../cli/failure";
import type { StackSettings } from "../../config";
import { isRefused } from "../credentials/refused";
import { answered, nameOf, notAllowed, type ClientConfig } from "./client";
import type { AccountFacts } from "./judge";
import { askQuotas } from "./quotas";
import { askAboutServers } from "./servers";

/**
 * The account of the credentials.
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
      `AWS did not report the account of the credentials: ${messageOf(error)}.`,
      "Check that this machine reaches AWS, then run the command again.",
      { cause: error },
    );
  }
}

/** The role with which AWS creates an Instance Connect Endpoint's network interface. */
const connectRole = "AWSServiceRoleForEc2InstanceConnect";

/** Reads from an account all that {@link judge} checks. Changes nothing. */
export async function askAccount(
  config: ClientConfig,
  accountId: string,
  settings: StackSettings,
): Promise<AccountFacts> {
  const { expiresAt, writtenAt } = config.credentials;
  const about = { accountId, expiresAt, writtenAt };
  const ec2 = new EC2(config);
  if (!(await isOpen(ec2))) return { ...about, region: undefined };
  const [servers, vpcs, addresses, missing, lacksConnectRole, quotas] = await Promise.all([
    askAboutServers(ec2, settings),
    answered(ec2.describeVpcs({}), ...notAllowed),
    answered(ec2.describeAddresses({}), ...notAllowed),
    whatIsMissing(config, ec2, settings),
    lacks(new IAM(config).getRole({ RoleName: connectRole }), "NoSuchEntityException"),
    askQuotas(config),
  ]);
  return {
    ...about,
    region: {
      ...servers,
      vpcs: vpcs?.Vpcs?.length,
      elasticIps: addresses?.Addresses?.length,
      missing,
      lacksConnectRole,
      quotas,
    },
  };
}

async function isOpen(ec2: EC2): Promise<boolean> {
  const answer = await answered(ec2.describeAvailabilityZones({}), "UnauthorizedOperation", "AuthFailure");
  return answer !== undefined;
}

/** Names in the settings that the account does not have: parts of a lab without which `up` fails. */
async function whatIsMissing(
  config: ClientConfig,
  ec2: EC2,
  { fleet, launcher }: StackSettings,
): Promise<readonly string[]> {
  const iam = new IAM(config);
  const { instanceProfileName } = fleet;
  const roleName = launcher.existingRoleArn?.split("/").at(-1);
  const keyPairs = [...new Set([fleet.keyPairName, launcher.keyPairName])];
  const questions: readonly (readonly [string, Promise<boolean>])[] = [
    ...named(instanceProfileName, "instance profile", (name) =>
      lacks(iam.getInstanceProfile({ InstanceProfileName: name }), "NoSuchEntityException"),
    ),
    ...named(roleName, "role", (name) => lacks(iam.getRole({ RoleName: name }), "NoSuchEntityException")),
    ...keyPairs.flatMap((keyPair) =>
      named(keyPair, "key pair", (name) =>
        lacks(ec2.describeKeyPairs({ KeyNames: [name] }), "InvalidKeyPair.NotFound"),
      ).map(([what, answer]) => [`${what} in ${config.region}`, answer] as const),
    ),
  ];
  const answers = await Promise.all(
    questions.map(async ([what, answer]) => ({ what, isMissing: await answer })),
  );
  return answers.filter(({ isMissing }) => isMissing).map(({ what }) => what);
}

function named(
  name: string | undefined,
  kind: string,
  ask: (name: string) => Promise<boolean>,
): readonly (readonly [string, Promise<boolean>])[] {
  return name === undefined ? [] : [[`${kind} ${name}`, ask(name)]];
}

/** Whether AWS answers that it does not exist. A refused request does not count as this answer. */
async function lacks(call: Promise<unknown>, notFound: string): Promise<boolean> {
  try {
    await call;
    return false;
  } catch (error) {
    if (nameOf(error) === notFound) return true;
    if (notAllowed.some((name) => name === nameOf(error))) return false;
    throw error;
  }
}
