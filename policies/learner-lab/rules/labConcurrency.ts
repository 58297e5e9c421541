import { on, resourceRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";
import { fromTheLab } from "../source";

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
    settings: {
      maximumExecutions: wholeNumber({
        default: 10,
        minimum: 1,
        description: "The account's limit of concurrent executions",
      }),
    },
  },
  [
    on("aws:lambda/function:Function", function* ({ reservedConcurrentExecutions: reserved }, values) {
      // -1 reserves nothing.
      if (reserved !== undefined && reserved > values.maximumExecutions) {
        yield {
          at: "reservedConcurrentExecutions",
          value: reserved,
          allowed: `at most ${String(values.maximumExecutions)}`,
        };
      }
    }),
  ],
);
