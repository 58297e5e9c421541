/** A program that breaks one rule. */
export interface Refused {
  /** Makes the least that the rule judges, with the one thing spoiled. */
  readonly program: () => void;
  /** The stack's region, as `aws:region`. Default: us-east-1. */
  readonly region?: string;
}

/** A program for each rule of a pack, by the rule's name. */
export type RefusedPrograms = Readonly<Record<string, Refused>>;

/** The thresholds of a pack's run: where ours are AWS's own, no program can break them. */
export type Thresholds = Readonly<Record<string, object>>;
