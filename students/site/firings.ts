import type { StudentAccount } from "../account/account";
import { everyItem } from "../account/paging";

/** What invokes a function at times: a schedule of EventBridge Scheduler, or a rule of EventBridge. */
export interface Firing {
  readonly kind: "schedule" | "rule";
  readonly name: string;
  /** `cron(…)`, `rate(…)` or `at(…)`. */
  readonly expression: string;
  /** IANA's name; rules are always in UTC. */
  readonly timeZone: string;
  readonly isEnabled: boolean;
}

/** The schedules and rules that invoke the function with this ARN, or a version or alias of it, by name. */
export async function firingsAt(account: StudentAccount, functionArn: string): Promise<readonly Firing[]> {
  const [schedules, rules] = await Promise.all([
    schedulesAt(account, functionArn),
    rulesAt(account, functionArn),
  ]);
  return [...schedules, ...rules];
}

async function schedulesAt(account: StudentAccount, functionArn: string): Promise<readonly Firing[]> {
  const scheduler = await account.scheduler();
  const { paginateListSchedules } = await import("@aws-sdk/client-scheduler");
  const all = await everyItem(
    paginateListSchedules({ client: scheduler }, {}),
    ({ Schedules }) => Schedules,
    ({ Arn }) => Arn,
  );
  const its = all.filter(({ Target }) => isTarget(Target?.Arn, functionArn));
  return Promise.all(
    its.map(async ({ Name, GroupName }) => {
      const found = await scheduler.getSchedule({ Name, GroupName });
      return {
        kind: "schedule" as const,
        name: Name ?? "",
        expression: found.ScheduleExpression ?? "",
        timeZone: found.ScheduleExpressionTimezone ?? "UTC",
        isEnabled: found.State !== "DISABLED",
      };
    }),
  );
}

async function rulesAt(account: StudentAccount, functionArn: string): Promise<readonly Firing[]> {
  const eventBridge = await account.eventBridge();
  const names: string[] = [];
  let token: string | undefined;
  do {
    const page = await eventBridge.listRuleNamesByTarget({
      TargetArn: functionArn,
      ...(token === undefined ? {} : { NextToken: token }),
    });
    names.push(...(page.RuleNames ?? []));
    token = page.NextToken;
  } while (token !== undefined);
  const rules = await Promise.all(names.toSorted().map((Name) => eventBridge.describeRule({ Name })));
  return rules.flatMap(({ Name = "", ScheduleExpression, State }) =>
    ScheduleExpression === undefined || ScheduleExpression === ""
      ? []
      : [
          {
            kind: "rule" as const,
            name: Name,
            expression: ScheduleExpression,
            timeZone: "UTC",
            isEnabled: State !== "DISABLED",
          },
        ],
  );
}

function isTarget(arn: string | undefined, functionArn: string): boolean {
  return arn === functionArn || arn?.startsWith(`${functionArn}:`) === true;
}
