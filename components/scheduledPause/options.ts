// Generated from settings.ts by `npm run docs`; change that file, not this one.

/** The settings of the lifetime. All are optional. */
export interface LifetimeOptions {
  /**
   * When the stack pauses itself, with its offset from UTC: the servers end, none starts again, and the
   * database stops. `npm run students -- guard class.csv --pause` does it for a class.
   *
   * - Range: a time with its offset from UTC, e.g. "2026-12-20T18:00:00+09:00" or
   *   "2026-12-20T09:00:00Z", in quotes in a file of YAML
   * @default never
   */
  readonly endsAt?: string | undefined;
}

/** The settings with every default. */
export interface LifetimeSettings extends LifetimeOptions {}
