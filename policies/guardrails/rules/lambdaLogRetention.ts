import type { StackFinding } from "../../support/finding";
import { stackRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";
import { allOf, referredTo, type StackResource, type StackResourceOf } from "../../support/stack";
import { judgeEach } from "../../support/unknown";

type LogGroup = StackResourceOf<"aws:cloudwatch/logGroup:LogGroup">;

/** Lambda makes a log group by itself where there is none, and keeps it for ever, after the function too. */
export const lambdaLogRetention = stackRule(
  {
    name: "lambda-log-retention",
    displayName: "Lambda logs kept, but not for ever",
    description:
      "A function has a log group of its own in the stack, and every log group an end to its keeping.",
    why: "The log group that Lambda makes by itself belongs to no stack: it stays behind when the stack goes, and its logs are kept, and paid for, for ever.",
    severity: "low",
    fix: "Make a log group with retentionInDays and name it in the function's loggingConfig.logGroup.",
    url: "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html",
    counterparts: { fsbp: [], checkov: ["CKV_AWS_66"], cdkNag: [] },
    settings: {
      maximumRetentionDays: wholeNumber({
        default: 3_653,
        minimum: 1,
        maximum: 3_653,
        description: "The longest that logs may be kept, in days",
      }),
    },
  },
  function* (stack, { maximumRetentionDays }) {
    const logGroups = allOf(stack, "aws:cloudwatch/logGroup:LogGroup");
    yield* judgeEach(logGroups, (logGroup) => judgeRetention(logGroup, maximumRetentionDays));
    yield* judgeEach(allOf(stack, "aws:lambda/function:Function"), function* (lambda) {
      if (!hasLogGroup(lambda, logGroups)) {
        yield {
          resource: lambda,
          at: "loggingConfig.logGroup",
          value: undefined,
          allowed: "a log group of this stack",
        };
      }
    });
  },
);

function* judgeRetention(logGroup: LogGroup, maximumDays: number): Iterable<StackFinding> {
  const { retentionInDays } = logGroup.props;
  // 0 keeps them for ever.
  if (retentionInDays !== undefined && retentionInDays > 0 && retentionInDays <= maximumDays) return;
  yield {
    resource: logGroup,
    at: "retentionInDays",
    value: retentionInDays,
    allowed: `from 1 to ${String(maximumDays)} days`,
  };
}

function hasLogGroup(lambda: StackResource, logGroups: readonly LogGroup[]): boolean {
  const named = referredTo(lambda, "loggingConfig", "aws:cloudwatch/logGroup:LogGroup");
  // The other way about: a log group with the name that Lambda would give it.
  return (
    named.length > 0 ||
    logGroups.some((group) =>
      referredTo(group, "name", "aws:lambda/function:Function").some(({ urn }) => urn === lambda.urn),
    )
  );
}
