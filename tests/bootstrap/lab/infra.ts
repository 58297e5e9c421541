import type { ChildProcess } from "node:child_process";
import { join } from "node:path";

import { start } from "../../../localAws/live/command";
import { logFolder } from "../support/folders";
import { chrooted } from "./root";

/** Runs a program of the infra image with its own network interface. */
export function startInside(name: string, root: string, command: readonly string[]): ChildProcess {
  return start(
    ["ip", "netns", "exec", `lab-${name}`, ...chrooted(root, command)],
    join(logFolder, `${name}.log`),
  );
}
