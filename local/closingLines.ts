import { seconds } from "../cli/steps";
import type { RunResult } from "../engine/run";
import { changesText } from "../engine/runView";
import type { Target } from "../engine/stackSession";
import { fleetText, type Fleet } from "./fleet";

/** What an `up` came to. */
export interface UpOutcome {
  readonly stackName: string;
  readonly target: Target;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly fleet: Fleet | undefined;
  readonly result: RunResult;
  readonly milliseconds: number;
}

/** What a person wants next: where the site is, what to type to look around, to change it, to take it down. */
export function closingLines({
  stackName,
  target: { endpoint, region, accountId },
  outputs,
  fleet,
  result,
  milliseconds,
}: UpOutcome): string {
  const option = stackName === "local" ? "" : ` --stack ${stackName}`;
  const command = (words: string) => `npm run local --${words}${option}`;
  const aws = `aws --endpoint-url ${endpoint} --region ${region}`;
  return [
    "",
    `Stack ${stackName} is up, after ${seconds(milliseconds)}: ${result.resources} resources (${changesText(result.changes)}), ${result.policiesPassed} policies passed.`,
    "",
    `  Site   ${shown(outputs["siteUrl"])}`,
    ...(fleet === undefined ? [] : [`  Fleet  ${fleetText(fleet)}`]),
    "",
    "Look around, with the AWS CLI or any other client; the access key is the account:",
    `  export AWS_ACCESS_KEY_ID=${accountId} AWS_SECRET_ACCESS_KEY=emulator`,
    `  ${aws} elbv2 describe-target-health --target-group-arn ${shown(outputs["targetGroupArn"])}`,
    `  ${aws} ec2 describe-instances --query 'Reservations[].Instances[].[InstanceId,Placement.AvailabilityZone,PublicIpAddress]'`,
    "Change it: edit Pulumi." + stackName + ".yaml, then",
    `  ${command(" preview")}`,
    `  ${option === "" ? "npm run local" : command("")}`,
    "Take it down:",
    `  ${command(" down")}`,
    `  npm run local -- stop     ends the emulator too`,
    "",
    recordedOnly,
  ].join("\n");
}

/** In one line, what nothing here acts out; local/README.md has the list. */
const recordedOnly =
  "The emulator records servers, the database and the load balancer but runs none of them: no page is served " +
  "and nothing boots. local/README.md says what it acts out.";

function shown(output: unknown): string {
  return typeof output === "string" ? output : "(not known)";
}
