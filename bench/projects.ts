import { copyFile, mkdir, symlink } from "node:fs/promises";
import path from "node:path";

import { repository } from "./workplace";

/** The folder of each measured project's `Pulumi.yaml` and program. */
const sources = {
  official: { folder: repository, program: "index.ts" },
  stock: { folder: path.join(repository, "bench", "stock"), program: "index.ts" },
  empty: { folder: path.join(repository, "bench", "empty"), program: "index.js" },
} as const;

/** A copy of a project's folder with links to the sources, as the CLI writes into the stack's file. */
export async function makeProject(parent: string, name: keyof typeof sources): Promise<string> {
  const source = sources[name];
  const folder = path.join(parent, name);
  await mkdir(folder);
  await copyFile(path.join(source.folder, "Pulumi.yaml"), path.join(folder, "Pulumi.yaml"));
  await copyFile(path.join(repository, "Pulumi.local.yaml"), path.join(folder, "Pulumi.local.yaml"));
  const linked = [
    path.join(source.folder, source.program),
    // The project's file refers to a provider in components/ and to Node's hooks.
    ...["node_modules", "package.json", "tsconfig.json", "components", "nodeHooks"].map((shared) =>
      path.join(repository, shared),
    ),
  ];
  await Promise.all(linked.map((file) => symlink(file, path.join(folder, path.basename(file)))));
  return folder;
}
