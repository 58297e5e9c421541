import { readdir } from "node:fs/promises";

/** The sorted names of a project's stacks, from its `Pulumi.<stack>.yaml` files. */
export async function stackNamesIn(projectFolder: string): Promise<readonly string[]> {
  const names = (await readdir(projectFolder)).flatMap(
    (file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [],
  );
  return names.sort();
}
