import { readdir } from "node:fs/promises";
import path from "node:path";

import { tryLock } from "../../cli/lock";
import { removeGoFolder } from "./goFolder";

/** Removes what killed runs left: a build takes 5 GB. Drafts of other versions are kept while their lock is taken. */
export async function removeDrafts(root: string): Promise<void> {
  const folder = path.dirname(root);
  for (const name of await readdir(folder)) {
    const version = /^(.+)\.draft-[^.]+$/.exec(name)?.[1];
    if (version === undefined) continue;
    const draft = path.join(folder, name);
    if (version === path.basename(root)) await removeGoFolder(draft);
    else {
      const lock = await tryLock(path.join(folder, `${version}.lock`), "removes an unfinished Pulumi CLI");
      if (!("release" in lock)) continue;
      await removeGoFolder(draft);
      await lock.release();
    }
  }
}
