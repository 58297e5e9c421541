/** A small program, and whether the packs must refuse it. */
export interface PolicyCase {
  /** `bad`: `rule` must refuse it, in the preview or in the update. `good`: no rule may refuse it. */
  readonly kind: "bad" | "good";
  /**
   * The rule that refuses it. For a good program: a rule of the pack that judges it, by default of `guardrails`;
   * `production` applies together with `guardrails`.
   */
  readonly rule: string | undefined;
  /**
   * Creates the resources of a stack of its own.
   *
   * @param name the beginning of all their names
   */
  readonly program: (name: string) => unknown;
}

/** Programs by their names. */
export type PolicyCases = Readonly<Record<string, PolicyCase>>;

export const bad = (rule: string, program: PolicyCase["program"]): PolicyCase => ({
  kind: "bad",
  rule,
  program,
});

/** @param rule needed only for another pack than `guardrails`: one of its rules */
export const good = (program: PolicyCase["program"], rule?: string): PolicyCase => ({
  kind: "good",
  rule,
  program,
});
