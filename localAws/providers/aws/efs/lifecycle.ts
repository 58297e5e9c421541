import type { LifecyclePolicy, TransitionToArchiveRules, TransitionToIARules } from "@aws-sdk/client-efs";
import type { input } from "@pulumi/aws/types";

import { choice } from "../choice";
import type { Properties, PropertyRule } from "../resourceType";
import { present, reading, type Known } from "../values";

type Lifecycle = input.efs.FileSystemLifecyclePolicy;

/** When files move to cheaper storage and back: one of the three transitions in each block. */
export const lifecycleRules: NonNullable<PropertyRule<readonly Lifecycle[]>["nested"]> = {
  transitionToArchive: {},
  transitionToIa: {},
  transitionToPrimaryStorageClass: {},
};

const ages: readonly (TransitionToArchiveRules & TransitionToIARules)[] = [
  "AFTER_1_DAY",
  "AFTER_7_DAYS",
  "AFTER_14_DAYS",
  "AFTER_30_DAYS",
  "AFTER_60_DAYS",
  "AFTER_90_DAYS",
  "AFTER_180_DAYS",
  "AFTER_270_DAYS",
  "AFTER_365_DAYS",
];

/** In EFS's format. */
export function toLifecycle(policy: Properties): LifecyclePolicy {
  const from = reading<Lifecycle>(policy);
  return {
    TransitionToArchive: choice("transitionToArchive", ages, from.string("transitionToArchive")),
    TransitionToIA: choice("transitionToIa", ages, from.string("transitionToIa")),
    TransitionToPrimaryStorageClass: choice(
      "transitionToPrimaryStorageClass",
      ["AFTER_1_ACCESS"],
      from.string("transitionToPrimaryStorageClass"),
    ),
  };
}

/** In the SDK's format. */
export function fromLifecycle(policy: LifecyclePolicy): Properties {
  return present({
    transitionToArchive: policy.TransitionToArchive,
    transitionToIa: policy.TransitionToIA,
    transitionToPrimaryStorageClass: policy.TransitionToPrimaryStorageClass,
  } satisfies Known<Lifecycle>);
}
