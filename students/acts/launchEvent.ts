import type { StudentAccount } from "../account/account";
import { everyItem } from "../account/paging";
import type { Firing } from "../site/firings";
import type { Launcher } from "../site/launcher";

/** What invokes the function, with the input that it was given; undefined: AWS's own event. */
interface Source {
  readonly kind: "schedule" | "rule";
  readonly arn: string;
  readonly input: string | undefined;
}

/**
 * The event that the function's schedule sends for the planned time.
 *
 * @param plannedTime ISO 8601 to the second, as EventBridge Scheduler writes it
 * @param id identifies the execution; retries have the same one
 */
export async function launchEvent(
  account: StudentAccount,
  launcher: Launcher,
  plannedTime: string,
  id: string,
): Promise<string> {
  const firing =
    launcher.firings.find(({ expression }) => expression.startsWith("cron(")) ?? launcher.firings[0];
  const source = firing === undefined ? undefined : await sourceOf(account, launcher.function.arn, firing);
  return eventText(source, { plannedTime, id, accountId: account.accountId, region: account.region });
}

async function sourceOf(
  account: StudentAccount,
  functionArn: string,
  { kind, name }: Firing,
): Promise<Source | undefined> {
  const isTarget = (arn: string | undefined) =>
    arn === functionArn || arn?.startsWith(`${functionArn}:`) === true;
  if (kind === "rule") {
    const eventBridge = await account.eventBridge();
    const [{ Arn = "" }, { Targets = [] }] = await Promise.all([
      eventBridge.describeRule({ Name: name }),
      eventBridge.listTargetsByRule({ Rule: name }),
    ]);
    return { kind, arn: Arn, input: Targets.find(({ Arn: arn }) => isTarget(arn))?.Input };
  }
  const scheduler = await account.scheduler();
  const { paginateListSchedules } = await import("@aws-sdk/client-scheduler");
  const all = await everyItem(
    paginateListSchedules({ client: scheduler }, {}),
    ({ Schedules }) => Schedules,
    ({ Arn }) => Arn,
  );
  // Two groups may each have a schedule of this name.
  const found = all.find(({ Name, Target }) => Name === name && isTarget(Target?.Arn));
  if (found === undefined) return undefined;
  const { Arn = "", Target } = await scheduler.getSchedule({ Name: found.Name, GroupName: found.GroupName });
  return { kind, arn: Arn, input: Target?.Input };
}

interface Occasion {
  readonly plannedTime: string;
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
}

/**
 * The text of the event.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html
 */
export function eventText(
  source: Source | undefined,
  { plannedTime, id, accountId, region }: Occasion,
): string {
  if (source?.input !== undefined && source.input !== "") {
    return source.input
      .replaceAll("<aws.scheduler.schedule-arn>", source.arn)
      .replaceAll("<aws.scheduler.scheduled-time>", plannedTime)
      .replaceAll("<aws.scheduler.execution-id>", id)
      .replaceAll("<aws.scheduler.attempt-number>", "1");
  }
  return JSON.stringify({
    version: "0",
    id,
    "detail-type": "Scheduled Event",
    source: source?.kind === "schedule" ? "aws.scheduler" : "aws.events",
    account: accountId,
    time: plannedTime,
    region,
    resources: source === undefined ? [] : [source.arn],
    detail: source?.kind === "schedule" ? "{}" : {},
  });
}
