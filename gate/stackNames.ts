import { readdir } from "node:fs/promises";

/** The stacks that a project has settings for, by its `Pulumi.<stack>.yaml` files, sorted. */
export async function stackNamesIn(projectFolder: string): Promise<readonly string[]> {
  const names = (await readdir(projectFolder)).flatMap(
    (file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [],
  );
  return names.sort();
}
