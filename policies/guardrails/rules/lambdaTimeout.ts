import { on, resourceRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";

export const lambdaTimeout = resourceRule(
  {
    name: "lambda-timeout",
    displayName: "Lambda timeout within the limit",
    description: "A function's timeout is within Lambda's limit.",
    why: "Lambda ends an invocation after 15 minutes at most, in every account. AWS refuses a longer timeout only when it creates the function, after all the resources before it.",
    severity: "medium",
    topics: ["works-at-all"],
    fix: "Lower timeout, and split longer work.",
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
      // The default is 3 seconds.
      if (timeout !== undefined && timeout > maximumTimeoutSeconds) {
        yield { at: "timeout", value: timeout, allowed: `at most ${String(maximumTimeoutSeconds)} seconds` };
      }
    }),
  ],
);
