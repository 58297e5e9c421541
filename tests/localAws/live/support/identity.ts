import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { sharedCache } from "../../../../cli/sharedCache";
import { defaultFolder } from "../../../../localAws/emulator";

/** Whose rights a test uses. */
export interface Identity {
  readonly name: "root" | "an ordinary user";
  readonly uid: number;
  /** Its folder of what working copies share, such as images. */
  readonly cache: string;
  /** The command that runs another one with these rights. */
  readonly run: (command: readonly string[]) => readonly string[];
  /** Makes an empty folder that belongs to it. */
  readonly makeFolder: () => string;
  /** Keeps the emulator's Python environment between runs. */
  readonly emulatorFolder: string;
}

const userName = "labuser";

const own = {
  uid: process.geteuid?.() ?? 0,
  cache: sharedCache(process.env),
  run: (command: readonly string[]) => command,
  makeFolder,
  emulatorFolder: defaultFolder,
};

/** Both identities where the tests run as root; else the user that runs them. */
export function identities(): readonly Identity[] {
  if (process.geteuid?.() !== 0) {
    return [{ ...own, name: "an ordinary user" }];
  }
  return [{ ...own, name: "root" }, ordinaryUser()];
}

/** Whether it runs also what does not depend on the rights. */
export function isFirst({ name }: Identity): boolean {
  return name === "root" || process.geteuid?.() !== 0;
}

function ordinaryUser(): Identity {
  const { uid, gid, home } = findUser() ?? createUser();
  const rights = ["--reuid", `${uid}`, "--regid", `${gid}`, "--init-groups"];
  const cache = sharedCache({ XDG_CACHE_HOME: path.join(home, ".cache") });
  // The caches of the user who runs the tests are not for another one.
  const own = ["--unset=XDG_CACHE_HOME", "--unset=LIVE_CACHE"];
  const environment = [...own, `HOME=${home}`, `USER=${userName}`, "PATH=/usr/local/bin:/usr/bin:/bin"];
  const session = inSession(uid);
  return {
    name: "an ordinary user",
    uid,
    cache,
    run: (command) => [...session, "setpriv", ...rights, "env", ...environment, ...command],
    emulatorFolder: path.join(cache, "test-emulator"),
    makeFolder: () => {
      const folder = makeFolder();
      chownSync(folder, uid, gid);
      return folder;
    },
  };
}

/**
 * Does what a login does where systemd runs: runs a command in a cgroup v2 folder that belongs to the user. The machine's
 * own login sessions cannot be used here.
 */
function inSession(uid: number): readonly string[] {
  const mount = /^\S+ \S+ \S+ \S+ (\S+) .* - cgroup2 /m.exec(
    readFileSync("/proc/self/mountinfo", "utf8"),
  )?.[1];
  if (mount === undefined) return [];
  const folder = path.join(mount, `live-test-${uid}`, `session-${process.pid}`);
  const script = `mkdir -p "$0" && chown -R ${uid} "$0" && echo $$ >"$0/cgroup.procs" && exec "$@"`;
  process.once("exit", () => {
    for (const each of [folder, path.dirname(folder)]) {
      // Another test may still use the parent, and one that was killed leaves processes.
      spawnSync("rmdir", [each], { stdio: "ignore" });
    }
  });
  return ["sh", "-c", script, folder];
}

interface User {
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

function findUser(): User | undefined {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((each) => each.startsWith(`${userName}:`));
  const [, , uid, gid, , home] = line?.split(":") ?? [];
  return home === undefined ? undefined : { uid: Number(uid), gid: Number(gid), home };
}

/** useradd also gives the user a range of /etc/subuid. */
function createUser(): User {
  execFileSync("useradd", ["--create-home", userName]);
  const user = findUser();
  if (user === undefined) throw new Error(`useradd did not add ${userName} to /etc/passwd.`);
  return user;
}

function makeFolder(): string {
  return mkdtempSync(path.join(tmpdir(), "live-test-"));
}

/** Removes a folder of a test, also the files of a user namespace. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
