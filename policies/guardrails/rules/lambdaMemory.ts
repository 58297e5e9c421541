import { on, resourceRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";

/** A larger function fails in the course's account, but only when AWS creates it. */
export const lambdaMemory = resourceRule(
  {
    name: "lambda-memory",
    displayName: "Lambda memory within the limit",
    description: "A function's memory is within the account's limit.",
    why: "New accounts and the course's account limit a function to 3,008 MB. AWS refuses more only when it creates the function, after all the resources before it.",
    severity: "medium",
    topics: ["works-at-all"],
    fix: "Lower memorySize, or set the rule's maximumMemoryMiB if AWS has raised the account's limit.",
    url: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {
      maximumMemoryMiB: wholeNumber({
        default: 3_008,
        minimum: 128,
        maximum: 10_240,
        description: "The most memory of a function, in MiB",
      }),
    },
  },
  [
    on("aws:lambda/function:Function", function* ({ memorySize }, { maximumMemoryMiB }) {
      // The default is 128 MiB.
      if (memorySize !== undefined && memorySize > maximumMemoryMiB) {
        yield { at: "memorySize", value: memorySize, allowed: `at most ${String(maximumMemoryMiB)} MiB` };
      }
    }),
  ],
);
