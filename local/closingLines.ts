import { seconds } from "../cli/steps";
import type { RunResult } from "../engine/run";
import { changesText } from "../engine/runView";
import type { Target } from "../engine/stackSession";
import { fleetText, type Fleet } from "./fleet";
import { localCommand, stopCommand, throughCommand, type OptionsInForce } from "./localCommand";

/** The result of an `up`. */
export interface UpOutcome {
  readonly options: OptionsInForce;
  readonly target: Target;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly fleet: Fleet | undefined;
  readonly result: RunResult;
  readonly milliseconds: number;
}

/** The user's next steps: the site's address, and the commands to inspect, change and destroy the stack. */
export function closingLines({
  options,
  target: { endpoint, region, accountId },
  outputs,
  fleet,
  result,
  milliseconds,
}: UpOutcome): string {
  const { stack } = options;
  const aws = (...words: readonly string[]) => `  ${throughCommand(options, "aws", ...words)}`;
  return [
    "",
    `Stack ${stack} is up, after ${seconds(milliseconds)}: ${result.resources} resources (${changesText(result.changes)}), ${result.policiesPassed} policies passed.`,
    "",
    `  Site   ${shown(outputs["siteUrl"])}`,
    ...(fleet === undefined ? [] : [`  Fleet  ${fleetText(fleet)}`]),
    "",
    "Inspect it with the AWS CLI and the Pulumi CLI:",
    aws("elbv2", "describe-target-health", "--target-group-arn", shown(outputs["targetGroupArn"])),
    aws("ec2", "describe-instances", "--query", instanceQuery, "--output", "table"),
    `  ${throughCommand(options, "pulumi", "stack", "output")}`,
    `Other clients of AWS: ${endpoint}, region ${region}, access key ${accountId}, secret key emulator.`,
    `Change it: edit Pulumi.${stack}.yaml, then`,
    `  ${localCommand(options, "preview")}`,
    `  ${localCommand(options)}`,
    "Destroy it, and stop the emulator:",
    `  ${localCommand(options, "down")}`,
    `  ${stopCommand(options)}`,
    "",
    recordedOnly,
  ].join("\n");
}

const instanceQuery = "Reservations[].Instances[].[InstanceId,Placement.AvailabilityZone,PublicIpAddress]";

/** The emulator's limits in short; the list is in localAws/emulator/README.md. */
const recordedOnly =
  "The emulator records servers, the database and the load balancer but runs none of them: it serves no page " +
  "and boots nothing. local/README.md lists what it does.";

function shown(output: unknown): string {
  return typeof output === "string" ? output : "(not known)";
}
