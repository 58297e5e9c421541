/** The time in UTC as EventBridge Scheduler writes it in `at(…)`: `2026-12-20T09:00:00`. */
export function utcSeconds(instant: string): string {
  return new Date(instant).toISOString().slice(0, "2026-12-20T09:00:00".length);
}
