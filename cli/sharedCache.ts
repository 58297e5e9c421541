import { homedir } from "node:os";
import path from "node:path";

/**
 * The cache that all working copies of this user share, for the Pulumi CLI and the servers' images: in `$XDG_CACHE_HOME`
 * or `~/.cache`.
 */
export function sharedCache(environment: NodeJS.ProcessEnv): string {
  const base = environment["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache");
  return path.join(base, "wordpress-on-aws");
}
