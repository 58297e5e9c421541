import type { FunctionArgs } from "@pulumi/aws/lambda";
import type { input } from "@pulumi/aws/types";

import { outOfRange } from "../range";
import type { CheckFailure, Properties } from "../resourceType";
import { reading } from "../values";
import { runtimes } from "./functionSettings";

/** Values that Lambda refuses and the emulator accepts, and those that the emulator cannot run. Source: CreateFunction. */
export function checkFunction(inputs: Properties): readonly CheckFailure[] {
  const from = reading<FunctionArgs>(inputs);
  const disk = reading<input.lambda.FunctionEphemeralStorage>(from.object("ephemeralStorage") ?? {});
  const failures = [
    ...outOfRange("memorySize", from.number("memorySize"), { min: 128, max: 10_240, unit: "MB" }),
    ...outOfRange("timeout", from.number("timeout"), { min: 1, max: 900, unit: "seconds" }),
    ...outOfRange("ephemeralStorage.size", disk.number("size"), { min: 512, max: 10_240, unit: "MB" }),
  ];

  const runtime = from.requiredString("runtime");
  if (!runtimes.some((known) => known === runtime)) {
    failures.push({
      property: "runtime",
      reason: `${runtime} - allowed: ${runtimes.join(", ")}; the emulator runs no other`,
    });
  }
  if (from.string("packageType") !== "Zip") {
    failures.push({ property: "packageType", reason: "allowed: Zip; the emulator runs no container images" });
  }
  return failures;
}
