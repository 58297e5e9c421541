/** A command in a root file system, without the folder of the lab's temporary files. */
export function chrooted(root: string, command: readonly string[]): readonly string[] {
  return ["chroot", root, "env", "--unset=TMPDIR", ...command];
}
