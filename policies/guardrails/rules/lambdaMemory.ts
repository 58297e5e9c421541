import { on, resourceRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";

/** The course's account gives a function no more, so a larger one fails there when it is created. */
export const lambdaMemory = resourceRule(
  {
    name: "lambda-memory",
    displayName: "Lambda memory within the limit",
    description: "A function has no more memory than the account gives one.",
    why: "New accounts and the course's give a function at most 3,008 MB. More than that fails only when the function is created, after everything before it stands.",
    severity: "medium",
    fix: "Lower memorySize, or configure the rule where AWS has raised your account's limit.",
    url: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {
      maximumMemoryMiB: wholeNumber({
        default: 3_008,
        minimum: 128,
        maximum: 10_240,
        description: "The most memory a function may have, in MiB",
      }),
    },
  },
  [
    on("aws:lambda/function:Function", function* ({ memorySize }, { maximumMemoryMiB }) {
      // AWS gives 128 MiB where nothing is said.
      if (memorySize !== undefined && memorySize > maximumMemoryMiB) {
        yield { at: "memorySize", value: memorySize, allowed: `at most ${String(maximumMemoryMiB)} MiB` };
      }
    }),
  ],
);
