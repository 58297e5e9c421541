/** A program that violates one rule. */
export interface Refused {
  /** Creates the smallest stack that the rule judges, with one violation. */
  readonly program: () => void;
  /** The stack's region, as `aws:region`. Default: us-east-1. */
  readonly region?: string;
  /** Whether the program has a type that the local provider does not have; any provider accepts it then. */
  readonly foreign?: boolean;
}

/** A program for each rule of a pack, by the rule's name. */
export type RefusedPrograms = Readonly<Record<string, Refused>>;

/** The thresholds of a pack's run: no program can exceed a default that is AWS's own limit. */
export type Thresholds = Readonly<Record<string, object>>;
