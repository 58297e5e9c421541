/** What is allowed instead, or `undefined` when the expression is one that EventBridge Scheduler takes. */
export function scheduleExpressionProblem(expression: string): string | undefined {
  return /^(?:cron|rate|at)\(.+\)$/.test(expression) ? undefined : "cron(…), rate(…) or at(…)";
}
