/** Whether this process is an ordinary user: it then needs a user namespace for everything else. */
export function needsUserNamespace(): boolean {
  return process.geteuid?.() !== 0;
}

/**
 * The command that runs a program in the box's namespaces. `--kill-child` ends the box's init process with `unshare`, and
 * the kernel ends every other process with the init process. An ordinary user becomes root of a user namespace with the
 * user's range of /etc/subuid.
 */
export function inNamespaces(command: readonly string[], userNamespace = needsUserNamespace()): string[] {
  return [
    "unshare",
    ...(userNamespace ? ["--user", "--map-auto", "--map-root-user"] : []),
    ...["--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private"],
    "--",
    ...command,
  ];
}
