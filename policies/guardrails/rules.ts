import type { Rule } from "../support/rule";
import { databaseNotPublic } from "./rules/databaseNotPublic";
import { lambdaMemory } from "./rules/lambdaMemory";
import { lambdaPackage } from "./rules/lambdaPackage";
import { lambdaTimeout } from "./rules/lambdaTimeout";
import { noPortsOpenToWorld } from "./rules/noPortsOpenToWorld";
import { noPublicAddress } from "./rules/noPublicAddress";

/** What holds for every stack. */
export const rules: readonly Rule[] = [
  noPublicAddress,
  noPortsOpenToWorld,
  databaseNotPublic,
  lambdaMemory,
  lambdaTimeout,
  lambdaPackage,
];
