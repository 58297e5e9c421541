import { on, resourceRule } from "../../support/rule";
import { strings } from "../../support/settings";

export const lambdaRuntime = resourceRule(
  {
    name: "lambda-runtime",
    displayName: "Lambda runtime supported",
    description: "A function uses a runtime that AWS supports.",
    why: "AWS stops patching a deprecated runtime, then refuses to create functions with it, then to update them.",
    severity: "medium",
    topics: ["supported-software"],
    fix: "Use a supported runtime; for Node.js the newest even-numbered one.",
    url: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
    counterparts: { fsbp: ["Lambda.2"], checkov: ["CKV_AWS_363"], cdkNag: ["AwsSolutions-L1"] },
    settings: {
      runtimes: strings({
        default: [
          "nodejs22.x",
          "nodejs24.x",
          "python3.12",
          "python3.13",
          "python3.14",
          "java21",
          "java25",
          "dotnet10",
          "ruby3.4",
          "provided.al2023",
        ],
        description:
          "The runtimes that a function may use; the default is those that AWS supports into 2027 or longer",
        of: "runtime identifiers",
      }),
    },
  },
  [
    on("aws:lambda/function:Function", function* ({ runtime, packageType }, { runtimes }) {
      // An image contains its own runtime.
      if (packageType === "Image") return;
      if (runtime === undefined || !runtimes.includes(runtime)) {
        yield { at: "runtime", value: runtime, allowed: `one of ${runtimes.join(", ")}` };
      }
    }),
  ],
);
