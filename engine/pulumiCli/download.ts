import { PulumiCommand } from "@pulumi/pulumi/automation/cmd";
import type { SemVer } from "semver";

/** Pulumi's download site, and how long it may take to answer before another way is tried. */
const downloadSite = "https://get.pulumi.com/latest-version";
const patienceMilliseconds = 5_000;

/** Whether Pulumi's own downloads can be reached from here. */
export async function downloadsAreOpen(): Promise<boolean> {
  try {
    const answer = await fetch(downloadSite, { signal: AbortSignal.timeout(patienceMilliseconds) });
    return answer.ok;
  } catch (error) {
    // No name, no route, refused, reset, too slow: whatever it was, this way is closed.
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
