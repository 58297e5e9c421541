import { lambdaRuntime } from "../../../policies/guardrails/rules/lambdaRuntime";
import { itPasses, itRefuses } from "../support/expectations";
import { fixture, spoil } from "../support/fixture";

const launcher = fixture("aws:lambda/function:Function", "launcher", { runtime: "nodejs22.x" });
const supported =
  "nodejs22.x, nodejs24.x, python3.12, python3.13, python3.14, java21, java25, dotnet10, ruby3.4, provided.al2023";

describe("lambda-runtime", () => {
  itPasses(
    lambdaRuntime,
    "a supported runtime, and a container image",
    launcher,
    spoil(launcher, { packageType: "Image", runtime: undefined }),
  );
  for (const runtime of ["nodejs18.x", undefined]) {
    itRefuses(lambdaRuntime, `runtime ${String(runtime)}`, spoil(launcher, { runtime }), {
      at: "runtime",
      value: runtime,
      allowed: `one of ${supported}`,
    });
  }
  itRefuses(
    lambdaRuntime,
    "a value that its configuration does not list",
    launcher,
    { at: "runtime", value: "nodejs22.x", allowed: "one of nodejs24.x" },
    { runtimes: ["nodejs24.x"] },
  );
});
