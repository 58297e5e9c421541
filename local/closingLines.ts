import { seconds } from "../cli/steps";
import type { RunResult } from "../engine/run";
import { changesText, exceptedText } from "../engine/runView";
import type { Target } from "../engine/stackSession";
import { type Pace, paceTexts } from "../localAws/live/pace";
import { fleetText, type Fleet } from "./fleet";
import type { LiveAddresses } from "./live/addresses";
import { localCommand, stopCommand, throughCommand, type OptionsInForce } from "./localCommand";

/** The result of an `up`. */
export interface UpOutcome {
  readonly options: OptionsInForce;
  readonly target: Target;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly fleet: Fleet | undefined;
  readonly result: RunResult;
  readonly milliseconds: number;
  /** The addresses of a live region; undefined when the emulator only records. */
  readonly live: LiveAddresses | undefined;
  readonly pace: Pace;
}

/** The user's next steps: the site's address, and the commands to inspect, change and destroy the stack. */
export function closingLines({
  options,
  target: { endpoint, region, accountId },
  outputs,
  fleet,
  result,
  milliseconds,
  live,
  pace,
}: UpOutcome): string {
  const { stack } = options;
  const aws = (...words: readonly string[]) => `  ${throughCommand(options, "aws", ...words)}`;
  return [
    "",
    `Stack ${stack} is up, after ${seconds(milliseconds)}: ${result.resources} resources (${changesText(result.changes)}), ${result.policiesPassed} policies passed${exceptedText(result)}.`,
    "",
    ...siteLines(live, shown(outputs["siteUrl"])),
    ...(fleet === undefined ? [] : [`  Fleet  ${fleetText(fleet)}`]),
    "",
    ...(live === undefined ? [] : liveLines(options, live, pace)),
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
    ...(live === undefined ? ["", recordedOnly] : []),
  ].join("\n");
}

function siteLines(live: LiveAddresses | undefined, siteUrl: string): readonly string[] {
  if (live?.site === undefined) return [`  Site   ${siteUrl}`];
  const watch = live.page === undefined ? [] : [`  Watch  ${live.page}`];
  return [`  Site   ${live.site} (on AWS: ${siteUrl})`, ...watch];
}

/** What the course does by hand, as commands. */
function liveLines(options: OptionsInForce, live: LiveAddresses, pace: Pace): readonly string[] {
  return [
    "Load a server until the group starts another one, and cut a server's power:",
    `  ${localCommand(options, "load")}`,
    `  ${localCommand(options, "kill", "1")}`,
    paceTexts[pace],
    `Open a shell on a server: ${localCommand(options, "shell")}`,
    ...(live.lookup === undefined ? [] : [`The load balancer's addresses: ${live.lookup}`]),
  ];
}

const instanceQuery = "Reservations[].Instances[].[InstanceId,Placement.AvailabilityZone,PublicIpAddress]";

/** The emulator's limits in short; the list is in localAws/emulator/README.md. */
const recordedOnly =
  "The emulator records servers, the database and the load balancer but runs none of them: it serves no page " +
  "and boots nothing. local/README.md lists what it does.";

function shown(output: unknown): string {
  return typeof output === "string" ? output : "(not known)";
}
