/** Controls of other rule sets, for resource types that the packs cover, that the packs omit. */
export interface OmittedControls {
  readonly ids: readonly string[];
  /** Their requirement. */
  readonly what: string;
  readonly why: string;
}
