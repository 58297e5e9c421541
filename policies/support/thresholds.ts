import type { ReportViolation, ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";

import { typed } from "./applies";
import { settingProblems, type Settings } from "./settings";

/** The thresholds of a rule. */
interface Thresholds {
  readonly name: string;
  readonly settings: Settings;
}

/**
 * The engine analyzes the stack's root resource before all others. Rules report wrong thresholds there: all at once, and
 * before anything is created. They report them again wherever they would have to judge by them.
 */
export const rootType = "pulumi:pulumi:Stack";

/** Whether a rule has thresholds. */
export function hasSettings({ settings }: { readonly settings: Settings }): boolean {
  return Object.keys(settings).length > 0;
}

/** The check of the thresholds of a rule about a stack. */
export function thresholdsOf(text: Thresholds): ResourceValidation {
  return onlyRoot((args, reportViolation) => {
    reportThresholds(text, args, reportViolation);
  });
}

/** A validation that the SDK calls for the stack's root resource only. */
export function onlyRoot(validate: ResourceValidation): ResourceValidation {
  return Object.assign(
    typed(validate, (type) => type === rootType),
    { __pulumiType: rootType },
  );
}

/** Reports what is wrong with a rule's thresholds. */
export function reportThresholds(
  { name, settings }: Thresholds,
  args: ResourceValidationArgs,
  reportViolation: ReportViolation,
): void {
  for (const problem of settingProblems(name, settings, args.getConfig())) reportViolation(problem);
}
