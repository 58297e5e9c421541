import type { Finding } from "../../support/finding";
import { on, resourceRule } from "../../support/rule";
import { wholeNumber, type ValuesOf } from "../../support/settings";
import { fromTheLab } from "../source";

const settings = {
  maximumExecutions: wholeNumber({
    default: 10,
    minimum: 1,
    description: "The account's limit of concurrent executions",
  }),
};

type Values = ValuesOf<typeof settings>;

/** Executions that one function reserves are not available to the others. */
export const labConcurrency = resourceRule(
  {
    name: "lab-concurrency",
    displayName: "Concurrency of the lab",
    description: "A function reserves no more concurrent executions than the lab allows.",
    why: "The lab allows ten concurrent executions in total.",
    severity: "low",
    topics: ["account-limits"],
    fix: "Lower reservedConcurrentExecutions, or remove it.",
    ...fromTheLab,
    settings,
  },
  [
    on("aws:lambda/function:Function", ({ reservedConcurrentExecutions }, values: Values) =>
      judge("reservedConcurrentExecutions", reservedConcurrentExecutions, values),
    ),
    on(
      "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
      ({ provisionedConcurrentExecutions }, values: Values) =>
        judge("provisionedConcurrentExecutions", provisionedConcurrentExecutions, values),
    ),
  ],
);

/** A function that reserves -1 reserves nothing. */
function judge(at: string, value: number | undefined, { maximumExecutions }: Values): readonly Finding[] {
  if (value === undefined || value <= maximumExecutions) return [];
  return [{ at, value, allowed: `at most ${String(maximumExecutions)}` }];
}
