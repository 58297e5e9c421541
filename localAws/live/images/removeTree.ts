import { run } from "../command";
import { userNamespaceOptions } from "./namespaces";

/**
 * Removes a folder with root file systems. Their files belong to users of the user namespace, which an ordinary user can
 * remove in such a namespace only.
 */
export async function removeTree(path: string): Promise<void> {
  const options = userNamespaceOptions(process.getuid?.());
  const inside = options.length === 0 ? [] : ["unshare", ...options];
  await run([...inside, "rm", "--recursive", "--force", "--one-file-system", "--", path]);
}
