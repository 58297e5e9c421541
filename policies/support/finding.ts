import type { AnyResource } from "./resourceTypes";

/** One thing in a resource that a rule does not allow. */
export interface Finding {
  /** The property at fault, as one would write it, e.g. `metadataOptions.httpTokens`. */
  readonly at: string;
  /** What stands there; `undefined` when nothing does. Never a secret. */
  readonly value: unknown;
  /** What is allowed there. */
  readonly allowed: string;
  /** What to do, where it is not what the rule says for all of its findings. */
  readonly fix?: string;
}

/** A finding of a rule over the whole stack, which must say whose it is; `undefined` is the stack itself. */
export interface StackFinding extends Finding {
  readonly resource: AnyResource | undefined;
}

/** The message a person reads below the rule's description. */
export function describeFinding(finding: Finding, resource: AnyResource | undefined, fix: string): string {
  const subject = resource === undefined ? "The stack" : `${resource.name} (${resource.type})`;
  const value = finding.value === undefined ? "not set" : JSON.stringify(finding.value);
  return [
    `${subject}: ${finding.at} is ${value}.`,
    `Allowed: ${finding.allowed}.`,
    `Fix: ${finding.fix ?? fix}`,
  ].join("\n");
}
