import type { ReportViolation, StackValidationArgs } from "@pulumi/policy";

import type { Rule, StackRule } from "../../../policies/support/rule";
import { isUnknownValue } from "../../../policies/support/unknown";

/** Ends the name of a program in the names of its resources. */
const separator = "~";

/** The beginning of the names of a program's resources. */
export function resourcePrefix(program: string): string {
  return `${program}${separator}`;
}

/** The program of a resource, by the resource's name or URN; undefined for the stack itself. */
export function programOf(resource: string): string | undefined {
  const [program = "", ...rest] = (resource.split("::").at(-1) ?? resource).split(separator);
  return rest.length > 0 ? program : undefined;
}

/**
 * Makes a rule about a whole stack judge each program's resources as a stack of their own: one run of the engine then
 * serves hundreds of programs. Reports a violation of the stack as one of its first resource.
 */
export function judgingEachProgram(rule: Rule): Rule {
  return "validateStack" in rule
    ? { ...rule, validateStack: (args, report) => judgeEachProgram(rule, args, report) }
    : rule;
}

async function judgeEachProgram(
  rule: StackRule,
  args: StackValidationArgs,
  report: ReportViolation,
): Promise<void> {
  for (const resources of stacksOf(args.resources)) {
    try {
      await rule.validateStack({ ...args, resources }, (message, urn) => {
        report(message, urn ?? resources[0]?.urn);
      });
    } catch (error) {
      // One program that waits for the update does not stop the judgement of the others.
      if (!isUnknownValue(error)) throw error;
    }
  }
}

function stacksOf(resources: StackValidationArgs["resources"]) {
  const stacks = new Map<string, StackValidationArgs["resources"]>();
  for (const resource of resources) {
    const program = programOf(resource.name);
    if (program === undefined) continue;
    const stack = stacks.get(program) ?? [];
    stack.push(resource);
    stacks.set(program, stack);
  }
  return stacks.values();
}
