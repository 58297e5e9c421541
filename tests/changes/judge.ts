import type { AfterUp } from "../../components/settings/afterUp";
import type { Outcome, Step } from "./liveStack";

/** Resources with data. A change may delete them only when the setting states it. */
const withData: ReadonlySet<string> = new Set([
  "aws:rds/instance:Instance",
  "aws:efs/fileSystem:FileSystem",
  "aws:secretsmanager/secret:Secret",
]);
const launchTemplate = "aws:ec2/launchTemplate:LaunchTemplate";

/** The differences between a change's effects and those that the setting states. */
export function contradictions(
  setting: string,
  stated: AfterUp,
  { steps, error }: Outcome,
): readonly string[] {
  if (error !== undefined) return refusalContradictions(setting, stated, steps, error);
  if (stated.effect === "fixed") return ["accepted a change that is stated to be refused"];
  if (steps.length === 0) return ["changed nothing"];
  const gone = steps.filter(
    ({ op, type }) => op === "delete-replaced" || op === "replace" || (op === "delete" && withData.has(type)),
  );
  return [
    ...[...new Set(gone.map(({ type }) => type))]
      .filter((type) => stated.replaces[type] === undefined)
      .map((type) => `replaced or deleted ${type}, which is not stated`),
    ...(rolls(steps) && !stated.newServers ? ["replaced all servers, which is not stated"] : []),
  ];
}

function refusalContradictions(
  setting: string,
  { effect, refused }: AfterUp,
  steps: readonly Step[],
  error: string,
): readonly string[] {
  if (effect !== "fixed" && refused === undefined) return [`failed: ${error}`];
  return [
    ...(steps.some(isInAws) ? [`refused it after ${describeStep(steps[0])}: ${error}`] : []),
    ...(error.includes(setting) ? [] : [`refused it without its name: ${error}`]),
  ];
}

/** Whether the launch template gets a new version, or is replaced: Auto Scaling then replaces all servers. */
export function rolls(steps: readonly Step[]): boolean {
  return steps.some(({ op, type }) => type === launchTemplate && op !== "delete");
}

/** The types of replaced and deleted resources. */
export function replacedTypes(steps: readonly Step[]): ReadonlySet<string> {
  return new Set(
    steps.flatMap(({ op, type }) =>
      op === "replace" || op === "delete-replaced" || (op === "delete" && type !== "") ? [type] : [],
    ),
  );
}

/** The stated effects that none of the changes had. */
export function unproven(stated: AfterUp, outcomes: readonly Outcome[]): readonly string[] {
  const replaced = new Set(outcomes.flatMap(({ steps }) => [...replacedTypes(steps)]));
  const refused = outcomes.some(({ error }) => error !== undefined);
  return [
    ...Object.keys(stated.replaces)
      .filter((type) => !replaced.has(type))
      .map((type) => `never replaced or deleted ${type}, as it states`),
    ...(stated.newServers && !outcomes.some(({ steps }) => rolls(steps))
      ? ["never replaced the servers, as it states"]
      : []),
    ...(stated.refused !== undefined && !refused ? ["was never refused, as it states"] : []),
  ];
}

/** A component resource creates nothing in AWS. */
function isInAws({ type }: Step): boolean {
  return !type.startsWith("wordpress:") && !type.startsWith("awsx:");
}

export function describeStep(step: Step | undefined): string {
  if (step === undefined) return "nothing";
  const { op, type, name, properties } = step;
  return `${op} ${type} ${name}${properties.length === 0 ? "" : ` (${properties.join(", ")})`}`;
}
