/** A number with its unit, in the singular for 1: `1 second`, `2.5 seconds`. @param unit in the singular */
export function counted(count: number, unit: string, plural = `${unit}s`): string {
  return `${String(count)} ${count === 1 ? unit : plural}`;
}
