import { on, resourceRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";
import { fromTheLab } from "../source";

/** What is reserved for one function is missing for all others. */
export const labConcurrency = resourceRule(
  {
    name: "lab-concurrency",
    displayName: "Concurrency of the lab",
    description: "A function reserves no more concurrent executions than the lab has.",
    why: "The lab has ten concurrent executions altogether.",
    severity: "low",
    fix: "Lower reservedConcurrentExecutions, or leave it out.",
    ...fromTheLab,
    settings: {
      maximumExecutions: wholeNumber({
        default: 10,
        minimum: 1,
        description: "The concurrent executions of the account",
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
