import { readFile } from "node:fs/promises";

import { codeOf, Failure, Misuse } from "../../cli/failure";
import { readExport, stackNameIn, type Deployment } from "../../engine/runningStack/deployment";
import type { States } from "./states";

/**
 * The states in files that `pulumi stack export` wrote.
 *
 * @param project the folder with `Pulumi.yaml`
 * @throws Misuse that lists every file that is missing, is no such file, or is of the same stack as another
 */
export async function exportedStates(files: readonly string[], project: string): Promise<States> {
  const states = new Map<string, Deployment>();
  const problems: string[] = [];
  for (const file of files) {
    const state = await readIfThere(file);
    const name = state === undefined ? undefined : stackNameIn(state);
    if (state === undefined || name === undefined) {
      problems.push(
        `--exported ${file}: not the state of a stack; write one with: pulumi stack export --file ${file}`,
      );
    } else if (states.has(name))
      problems.push(`--exported ${file}: another file has the state of stack ${name}, too`);
    else states.set(name, state);
  }
  if (problems.length > 0) throw new Misuse(problems);
  return {
    names: [...states.keys()].sort(),
    read: (stackName) => Promise.resolve(states.get(stackName) ?? { version: 3, deployment: {} }),
    findDrift: (stackName) => {
      throw new Failure(`${stackName}: a file has no account.`, "Use --live without --exported.");
    },
    sourcesOf: () => ({ projectFolder: project }),
  };
}

async function readIfThere(file: string): Promise<Deployment | undefined> {
  try {
    return readExport(await readFile(file, "utf8"));
  } catch (error) {
    if (["ENOENT", "EISDIR"].includes(codeOf(error) ?? "")) return undefined;
    throw error;
  }
}
