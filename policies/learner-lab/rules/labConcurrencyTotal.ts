import { stackRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";
import { allOf } from "../../support/stack";
import { tryRead } from "../../support/unknown";
import { fromTheLab } from "../source";

export const labConcurrencyTotal = stackRule(
  {
    name: "lab-concurrency-total",
    displayName: "Concurrency of the lab in total",
    description:
      "All functions together reserve and provision no more concurrent executions than the lab allows.",
    why: "The lab allows ten concurrent executions in total: what one function reserves, no other can use.",
    severity: "low",
    topics: ["account-limits"],
    fix: "Lower or remove reservedConcurrentExecutions and provisionedConcurrentExecutions.",
    ...fromTheLab,
    settings: {
      maximumExecutions: wholeNumber({
        default: 10,
        minimum: 1,
        description: "The account's limit of concurrent executions",
      }),
    },
  },
  function* (stack, { maximumExecutions }) {
    const counts = [
      ...allOf(stack, "aws:lambda/function:Function").map(
        ({ props }) =>
          () =>
            props.reservedConcurrentExecutions,
      ),
      ...allOf(stack, "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig").map(
        ({ props }) =>
          () =>
            props.provisionedConcurrentExecutions,
      ),
    ].map(tryRead);
    const known = counts.map((count) => Math.max(0, (count.known ? count.value : 0) ?? 0));
    // lab-concurrency reports a single number that is too high.
    if (known.some((count) => count > maximumExecutions)) return;
    // -1 reserves nothing.
    const total = known.reduce((sum, count) => sum + count, 0);
    if (total > maximumExecutions) {
      yield {
        resource: undefined,
        at: "the sum of all concurrency",
        value: total,
        allowed: `at most ${String(maximumExecutions)}`,
      };
      return;
    }
    for (const count of counts) if (!count.known) throw count.error;
  },
);
