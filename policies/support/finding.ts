import type { AnyResource } from "./resourceTypes";

/** A property that violates a rule. */
export interface Finding {
  /** The property, as in a program, e.g. `metadataOptions.httpTokens`. */
  readonly at: string;
  /** Its value; `undefined` when it is not set. Never a secret. */
  readonly value: unknown;
  /** The allowed values. */
  readonly allowed: string;
  /** How to fix it, if this differs from the rule's own text. */
  readonly fix?: string;
}

/** A finding of a rule about a stack, with its resource; `undefined` for the stack itself. */
export interface StackFinding extends Finding {
  readonly resource: AnyResource | undefined;
}

/** The parts of a message of {@link describeFinding}. */
export interface Described {
  /** The property, as in a program. */
  readonly at: string;
  /** Its value as JSON, or `not set`. */
  readonly value: string;
  readonly allowed: string;
  readonly fix: string;
}

/**
 * Reads a message of {@link describeFinding}, with or without the rule's description before it: the engine passes on only
 * the text. Undefined for any other message.
 */
export function readDescription(message: string): Described | undefined {
  const found =
    /^(?:The stack|.+ \([^()]+\)): (?<at>.+?) is (?<value>.*)\.\nAllowed: (?<allowed>.*)\.\nFix: (?<fix>[^]*)$/m.exec(
      message,
    );
  const { at, value, allowed, fix } = found?.groups ?? {};
  if (at === undefined || value === undefined || allowed === undefined || fix === undefined) return undefined;
  return { at, value, allowed, fix: fix.trim() };
}

/** The message that the engine prints below the rule's description. */
export function describeFinding(finding: Finding, resource: AnyResource | undefined, fix: string): string {
  const subject = resource === undefined ? "The stack" : `${resource.name} (${resource.type})`;
  const value = finding.value === undefined ? "not set" : JSON.stringify(finding.value);
  return [
    `${subject}: ${finding.at} is ${value}.`,
    `Allowed: ${finding.allowed}.`,
    `Fix: ${finding.fix ?? fix}`,
  ].join("\n");
}
