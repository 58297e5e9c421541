import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { userInfo } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { codeOf } from "../../../cli/failure";
import { z } from "../../../cli/json";
import { machineFailure } from "../../../cli/machineFailure";
import { defaultFolder } from "../../emulator/layout";
import { missingDelegation } from "./delegation";
import { inNamespaces, needsUserNamespace } from "./namespaces";
import { findProgram, searchPath } from "./programs";
import { refusalOf, type SystemFacts, type Trial } from "./refusal";

export interface WhyNotOptions {
  /** Where the machines' disks will be. Default: the emulator's folder. */
  readonly folder?: string;
  /** Whether the machines' images must still be built, which needs more programs. Default: true. */
  readonly buildsImages?: boolean;
}

/** Each program that the box needs, with its Debian package. */
const programs: Readonly<Record<string, string>> = {
  unshare: "util-linux",
  mount: "util-linux",
  flock: "util-linux",
  nsenter: "util-linux",
  ip: "iproute2",
  awk: "mawk",
};
const userPrograms: Readonly<Record<string, string>> = { newuidmap: "uidmap", newgidmap: "uidmap" };
const imagePrograms: Readonly<Record<string, string>> = { mmdebstrap: "mmdebstrap" };

/**
 * Why machines cannot run here, with the fix, as one or two sentences; undefined if they can. It tries everything for
 * real, in namespaces that end with the trial, so a fix counts at the next call.
 */
export async function whyNot(options: WhyNotOptions = {}): Promise<string | undefined> {
  const { folder = defaultFolder, buildsImages = true } = options;
  const user = needsUserNamespace();
  return (
    wrongSystem(process.platform, process.arch) ??
    missingPrograms({ ...programs, ...(user ? userPrograms : {}), ...(buildsImages ? imagePrograms : {}) }) ??
    (user ? await oldUnshare() : undefined) ??
    (await refusedTrial(folder, user)) ??
    (await missingDelegation("wordpress-live", user))
  );
}

/** @param platform and arch as Node.js names them. */
export function wrongSystem(platform: string, arch: string): string | undefined {
  if (platform !== "linux") {
    return `Machines need Linux; this is ${platform}. Run it in a container: see docs/live.md.`;
  }
  if (arch !== "x64") {
    return `Machines need an x86-64 processor, as the images' packages do; this is ${arch}.`;
  }
  return undefined;
}

/** @param packages Debian's package of each program. */
export function missingPrograms(
  packages: Readonly<Record<string, string>>,
  find: (name: string) => string | undefined = findProgram,
): string | undefined {
  const missing = Object.keys(packages).filter((name) => find(name) === undefined);
  if (missing.length === 0) return undefined;
  const wanted = [...new Set(missing.map((name) => packages[name] ?? name))].sort();
  return `Missing: ${missing.join(", ")}. Install with \`sudo apt-get install ${wanted.join(" ")}\`.`;
}

async function oldUnshare(): Promise<string | undefined> {
  const { stdout } = await execute(["unshare", "--help"]);
  if (stdout.includes("--map-auto")) return undefined;
  return "util-linux is older than 2.38: its `unshare` has no --map-auto. Use Debian 12, Ubuntu 24.04 or later, or run this as root.";
}

async function refusedTrial(folder: string, user: boolean): Promise<string | undefined> {
  let place: string | undefined;
  try {
    await mkdir(folder, { recursive: true });
    place = await mkdtemp(path.join(folder, "trial-"));
    const command = [path.join(__dirname, "trial.sh"), place, user ? ",userxattr" : ""];
    const { stdout, stderr } = await execute(inNamespaces(command, user));
    const trial: Trial = { steps: stdout, errors: stderr };
    return trial.steps.endsWith("done\n") ? undefined : refusalOf(trial, factsOf(folder));
  } catch (error) {
    const failure = machineFailure(error, folder);
    if (failure === undefined) throw error;
    return failure.message;
  } finally {
    if (place !== undefined) await rm(place, { recursive: true, force: true });
  }
}

function factsOf(folder: string): SystemFacts {
  return {
    isRoot: !needsUserNamespace(),
    isInContainer: ["/.dockerenv", "/run/.containerenv"].some((file) => existsSync(file)),
    appArmorRestricts: sysctl("kernel/apparmor_restrict_unprivileged_userns"),
    unprivilegedClone: sysctl("kernel/unprivileged_userns_clone"),
    maxUserNamespaces: sysctl("user/max_user_namespaces"),
    user: userInfo().username,
    folder,
  };
}

function sysctl(name: string): string | undefined {
  try {
    return readFileSync(path.join("/proc/sys", name), "utf8").trim();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command, whether it succeeds or fails, in English. */
async function execute(command: readonly string[]): Promise<Output> {
  const [program = "", ...args] = command;
  const env = { ...process.env, PATH: searchPath(), LC_ALL: "C" };
  try {
    return await promisify(execFile)(program, args, { env });
  } catch (error) {
    // Of a program that ran and failed.
    const ran = failedSchema.safeParse(error);
    if (ran.success) return ran.data;
    throw error;
  }
}

const failedSchema = z.object({ code: z.int(), stdout: z.string(), stderr: z.string() });
