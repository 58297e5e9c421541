/** A line of a file, relative to the project's folder. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** The setting that decides a value, and its line in the stack's file. */
export interface SettingPlace extends Place {
  /** E.g. `fleet.capacity.min`. */
  readonly setting: string;
  /** How to fix the finding with this setting. */
  readonly fix: string;
}

/** Where a finding can be fixed. */
export interface Places {
  /** Undefined when no setting decides the value. */
  readonly setting?: SettingPlace | undefined;
  /** The line of the program that makes the resource; undefined when it is not known. */
  readonly source?: Place | undefined;
}

/** A finding to find the places of. */
export interface Unplaced {
  /** `<pack>/<rule>` */
  readonly rule: string;
  /** Undefined or the stack's URN for a finding about the whole stack. */
  readonly urn: string | undefined;
  /** The property, as in a program; undefined when the message does not name one. */
  readonly at: string | undefined;
  /** What the rule allows, as its message states it. */
  readonly allowed: string | undefined;
}

/** Finds where a finding can be fixed. */
export type Locate = (finding: Unplaced) => Places;

/** `file:line`, which terminals and editors open. */
export function placeText({ file, line }: Place): string {
  return `${file}:${String(line)}`;
}
