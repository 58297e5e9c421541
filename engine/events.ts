import { z } from "../cli/json";

const state = z.object({
  inputs: z.record(z.string(), z.unknown()).nullish(),
  outputs: z.record(z.string(), z.unknown()).nullish(),
  protect: z.boolean().default(false),
});

const step = z.object({
  metadata: z.object({
    op: z.string(),
    urn: z.string(),
    type: z.string(),
    old: state.nullish(),
    new: state.nullish(),
    diffs: z.array(z.string()).nullish(),
    detailedDiff: z.record(z.string(), z.unknown()).nullish(),
  }),
});

/** The rules, named `pack/rule`, because all packs are served as one. */
const judgement = z.object({
  passed: z.array(z.string()).default([]),
  failed: z.array(z.string()).default([]),
});

/** The parts of the engine's events that a run needs. */
export const engineEvent = z.object({
  diagnosticEvent: z
    .object({
      urn: z.string().optional(),
      message: z.string(),
      severity: z.string(),
      ephemeral: z.boolean().default(false),
    })
    .optional(),
  resourcePreEvent: step.optional(),
  resOutputsEvent: step.optional(),
  resOpFailedEvent: step.optional(),
  policyEvent: z
    .object({
      resourceUrn: z.string().optional(),
      message: z.string(),
      policyName: z.string(),
      enforcementLevel: z.string(),
      /** Pulumi's own exceptions that cover the violation. */
      exceptions: z.array(z.object({ id: z.string(), reason: z.string() })).optional(),
    })
    .optional(),
  policyAnalyzeSummaryEvent: judgement.optional(),
  policyAnalyzeStackSummaryEvent: judgement.optional(),
  summaryEvent: z.object({ resourceChanges: z.record(z.string(), z.number()).nullish() }).optional(),
});

export type EngineEvent = z.output<typeof engineEvent>;
export type Step = z.output<typeof step>["metadata"];
export type Judgement = z.output<typeof judgement>;

/**
 * Whether Pulumi's protection of a resource changes. The engine reports no change of the resource then, because its
 * provider has nothing to do; the state changes.
 */
export function protectionChanges({ op, old, new: now }: Step): boolean {
  if (op !== "same" || !old || !now) return false;
  return old.protect !== now.protect;
}

/** A resource's type and name in its URN: `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`. */
export function resourceOf(urn: string): { readonly type: string; readonly name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { type: types.split("$").at(-1) ?? types, name: name.join("::") };
}

/** Whether the resource is a child that a remote component, such as `awsx:ec2:Vpc`, registered. */
export function isRemoteChild(urn: string): boolean {
  return /(?:::|\$)awsx:[^$]+\$/.test(urn);
}

/** The engine's text without its colour marks. */
export function plainText(message: string): string {
  return message.replaceAll(/<\{%.*?%\}>/g, "").trimEnd();
}

/**
 * An error's text for the user: without the path in Pulumi's SDK, and without stack frames, except those of a defect in
 * the program, which they help to find.
 */
export function errorText(message: string): string {
  const text = plainText(message).replace(/^Unhandled exception: /, "");
  if (/^(Type|Reference|Range|Syntax)Error: /.test(text)) return text;
  return text
    .split("\n")
    .filter((line) => !/^\s+at /.test(line))
    .join("\n")
    .replace(/^[A-Za-z]*Error: /, "")
    .replaceAll(/(error serializing property "[^"]*": )+/g, "")
    .replaceAll(/Error serializing arguments for invoke \S+: (Error: )?/g, "")
    .trimEnd();
}
