import type { StackFinding } from "../../support/finding";
import { stackRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";
import { allOf, referredTo, type StackResourceOf } from "../../support/stack";
import { judgeEach, tryRead } from "../../support/unknown";

type LambdaFunction = StackResourceOf<"aws:lambda/function:Function">;
type LogGroup = StackResourceOf<"aws:cloudwatch/logGroup:LogGroup">;

/** Lambda creates a missing log group itself, without retention, and leaves it when the function is deleted. */
export const lambdaLogRetention = stackRule(
  {
    name: "lambda-log-retention",
    displayName: "Lambda logs with a retention",
    description: "A function has a log group in the stack, and every log group has a retention.",
    why: "A log group that Lambda creates belongs to no stack: it remains when the stack is destroyed, and its logs are kept and billed for ever.",
    severity: "low",
    topics: ["logging"],
    fix: "Create a log group with retentionInDays and set it as the function's loggingConfig.logGroup.",
    url: "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html",
    counterparts: { fsbp: [], checkov: ["CKV_AWS_66"], cdkNag: [] },
    settings: {
      maximumRetentionDays: wholeNumber({
        default: 3_653,
        minimum: 1,
        maximum: 3_653,
        description: "The longest allowed retention, in days",
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
  // 0 keeps logs for ever.
  if (retentionInDays !== undefined && retentionInDays > 0 && retentionInDays <= maximumDays) return;
  yield {
    resource: logGroup,
    at: "retentionInDays",
    value: retentionInDays,
    allowed: `from 1 to ${String(maximumDays)} days`,
  };
}

function hasLogGroup(lambda: LambdaFunction, logGroups: readonly LogGroup[]): boolean {
  const named = referredTo(lambda, "loggingConfig", "aws:cloudwatch/logGroup:LogGroup");
  if (named.length > 0) return true;
  // Or a log group with the name that Lambda would give it, by a reference or as the same text.
  const name = tryRead(() => lambda.props.loggingConfig?.logGroup ?? defaultName(lambda));
  return logGroups.some((group) => {
    const own = tryRead(() => group.props.name);
    return (
      referredTo(group, "name", "aws:lambda/function:Function").some(({ urn }) => urn === lambda.urn) ||
      (name.known && own.known && own.value !== undefined && own.value === name.value)
    );
  });
}

function defaultName({ props: { name } }: LambdaFunction): string | undefined {
  return name === undefined ? undefined : `/aws/lambda/${name}`;
}
