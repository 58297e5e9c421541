import { on, resourceRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";

/** Lambda stops a function after 15 minutes, whatever it is doing. */
export const lambdaTimeout = resourceRule(
  {
    name: "lambda-timeout",
    displayName: "Lambda timeout within the limit",
    description: "A function's timeout is no longer than Lambda lets one run.",
    why: "A call ends after 15 minutes at most, in every account. A longer timeout fails only when the function is created, after everything before it stands.",
    severity: "medium",
    fix: "Lower timeout, and split work that takes longer.",
    url: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {
      maximumTimeoutSeconds: wholeNumber({
        default: 900,
        minimum: 1,
        maximum: 900,
        description: "The longest timeout, in seconds",
      }),
    },
  },
  [
    on("aws:lambda/function:Function", function* ({ timeout }, { maximumTimeoutSeconds }) {
      // AWS gives 3 seconds where nothing is said.
      if (timeout !== undefined && timeout > maximumTimeoutSeconds) {
        yield { at: "timeout", value: timeout, allowed: `at most ${String(maximumTimeoutSeconds)} seconds` };
      }
    }),
  ],
);
