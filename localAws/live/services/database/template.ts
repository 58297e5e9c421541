import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";

import type { EngineRoot } from "../engineRoot";
import { logFileBytes } from "./configuration";
import { administratorStatements } from "./masterUser";

/** Where the folder of all databases is in the engine's root file system. */
export const databasesInside = "/srv/databases";

const name = ".template";

/** Makes a folder below that of all databases, which belongs to the engine's user. */
export async function makeEngineFolder(root: EngineRoot, folder: string): Promise<void> {
  const inside = `${databasesInside}/${folder}`;
  await root.run(["install", "-d", "-o", "mysql", "-g", "mysql", "-m", "0750", inside]);
}

/**
 * The data of an empty instance, which new instances copy. It is created once in a state folder, where the kernel of a
 * busy machine needs seconds for it. @returns its folder on this machine
 */
export async function makeTemplate(root: EngineRoot, databases: string): Promise<string> {
  const template = join(databases, name);
  if (existsSync(template)) return template;
  const unfinished = `${name}.new`;
  rmSync(join(databases, unfinished), { recursive: true, force: true });
  await makeEngineFolder(root, unfinished);
  const inside = `${databasesInside}/${unfinished}`;
  const options = [`--datadir=${inside}`, "--user=mysql", `--innodb-log-file-size=${logFileBytes}`];
  await root.run([
    ...["mariadb-install-db", "--no-defaults", "--skip-test-db", "--skip-name-resolve"],
    ...["--auth-root-authentication-method=socket", "--auth-root-socket-user=root", ...options],
  ]);
  await root.run(["mariadbd", "--no-defaults", "--bootstrap", ...options], administratorStatements);
  await root.run(["mv", inside, `${databasesInside}/${name}`]);
  return template;
}
