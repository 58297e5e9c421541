// Generated from settings.ts by `npm run docs`; change that file, not this one.

/** The settings of the monitoring. All are optional. */
export interface MonitoringOptions {
  /**
   * Whether the stack has a CloudWatch dashboard: its alarms, visitors, servers, database, uploads and
   * launcher on one page. The first three dashboards of an account are free.
   *
   * - Range: true or false
   * @default true
   */
  readonly dashboard?: boolean | undefined;
}

/** The settings with every default. */
export interface MonitoringSettings extends MonitoringOptions {
  readonly dashboard: boolean;
}
