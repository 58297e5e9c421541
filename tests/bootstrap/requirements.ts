import { accessSync, constants } from "node:fs";

import { attempt, run } from "../../localAws/live/command";
import { aptSources, release } from "../../localAws/live/images/mirror";

/** A tool and its Debian package. */
const tools: readonly (readonly [tool: string, debianPackage: string])[] = [
  ["mmdebstrap", "mmdebstrap"],
  ["script", "bsdutils"],
  ["ip", "iproute2"],
  ["unshare", "util-linux"],
  ["setpriv", "util-linux"],
  ["flock", "util-linux"],
  ["chromium", "chromium"],
  ["shellcheck", "shellcheck"],
  ["wrk", "wrk"],
];

async function missingTools(): Promise<readonly string[]> {
  const found = await Promise.all(tools.map(([tool]) => attempt(["which", tool])));
  const missing = tools.filter((_, index) => found[index]?.exitCode !== 0);
  return [...new Set(missing.map(([, debianPackage]) => debianPackage))];
}

function readable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** The commands that the lab's root file systems need. */
const tryOverlay =
  "mount -t tmpfs tmpfs /mnt && cd /mnt && mkdir l u w m && mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m";

/** @returns one sentence with the reason why there is no package mirror, or undefined */
async function noMirror(): Promise<string | undefined> {
  try {
    const [line = ""] = await aptSources();
    const url = `${line.split(" ")[1] ?? ""}/dists/${release}/Release`;
    if (!url.startsWith("http:")) return `It needs a package mirror that speaks plain HTTP; apt's is ${url}.`;
    const answer = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(20_000) });
    return answer.ok ? undefined : `It needs Debian's package mirror; ${url} answers ${answer.status}.`;
  } catch (error) {
    return `It needs Debian's package mirror: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/**
 * Whether this machine can run the rig; installs Debian packages that are missing.
 * @returns one sentence with the reason why not, or undefined
 */
export async function whyNot(): Promise<string | undefined> {
  if (process.platform !== "linux") return `It needs Linux; this is ${process.platform}.`;
  if (process.getuid?.() !== 0) return "It needs root, for network namespaces.";
  if (process.arch !== "x64")
    return `It needs an x86-64 machine, as the fleet's are; this is ${process.arch}.`;
  if (!readable("/usr/share/keyrings/debian-archive-keyring.gpg")) {
    return "It needs Debian's keyring (debian-archive-keyring) and package mirror.";
  }
  if (!readable("/dev/fuse")) return "It needs /dev/fuse, for a file system that never answers.";
  const isolation = [
    "unshare",
    "--mount",
    "--net",
    "--pid",
    "--fork",
    "--kill-child",
    "sh",
    "-c",
    tryOverlay,
  ];
  if ((await attempt(isolation)).exitCode !== 0) {
    return "It needs to make namespaces and overlay file systems, which this machine (a container?) refuses.";
  }
  const mirrorProblem = await noMirror();
  if (mirrorProblem !== undefined) return mirrorProblem;
  const missing = await missingTools();
  if (missing.length === 0) return undefined;
  console.log(`Installing ${missing.join(", ")} …`);
  try {
    await run(["apt-get", "-qq", "update"]);
    await run(["apt-get", "-qq", "install", "--yes", "--no-install-recommends", ...missing], {
      environment: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  } catch (error) {
    return `It needs the Debian packages ${missing.join(", ")}, and apt-get could not install them: ${String(error)}`;
  }
  return undefined;
}
