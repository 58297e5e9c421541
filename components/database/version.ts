/** The major version of MariaDB in a full version, e.g. 11.8 in 11.8.3. */
export function majorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}
