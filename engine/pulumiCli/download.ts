import { PulumiCommand } from "@pulumi/pulumi/automation/cmd";
import type { SemVer } from "semver";

/** Pulumi's download site, and the time limit for its answer. */
const downloadSite = "https://get.pulumi.com/latest-version";
const timeoutMilliseconds = 5_000;

/** Whether Pulumi's own downloads can be reached from here. */
export async function downloadsAreOpen(): Promise<boolean> {
  try {
    const answer = await fetch(downloadSite, { signal: AbortSignal.timeout(timeoutMilliseconds) });
    return answer.ok;
  } catch (error) {
    // No name, no route, refused, reset or too slow: downloads are closed.
    if (error instanceof TypeError || error instanceof DOMException) return false;
    throw error;
  }
}

/** Installs the official CLI under `root`. */
export async function downloadPulumi(
  root: string,
  version: SemVer,
  say: (detail: string) => void,
): Promise<void> {
  say("downloading from get.pulumi.com");
  await PulumiCommand.install({ root, version, skipVersionCheck: true });
}
