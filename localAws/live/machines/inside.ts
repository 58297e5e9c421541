import { attempt, type Outcome } from "../command";

const environment = {
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  LC_ALL: "C.UTF-8",
};

/**
 * A machine that shuts down stops all its processes before it kills them. `nsenter` then stops with its command, for good,
 * and the machine's init waits for it for ever.
 */
const continued = true;

/** The command line that runs a command beside a machine's init process, but in the caller's cgroup. */
export function beside(init: number, command: readonly string[]): readonly string[] {
  const namespaces = ["--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wd"];
  return ["nsenter", "--target", String(init), ...namespaces, "--", ...command];
}

/** The command line that runs a command on a machine as a unit of its systemd, in the machine's cgroup. */
export function onMachine(
  init: number,
  command: readonly string[],
  options: readonly string[],
): readonly string[] {
  return beside(init, ["systemd-run", "--quiet", "--collect", ...options, "--", ...command]);
}

/** Runs a command on a machine, and waits for its end. */
export async function runOnMachine(
  init: number,
  command: readonly string[],
  input?: string,
): Promise<Outcome> {
  return await attempt(onMachine(init, command, ["--pipe", "--wait"]), {
    environment,
    continued,
    ...(input === undefined ? {} : { input }),
  });
}

/** Whether systemd has started everything that it starts at boot. */
export async function hasStarted(init: number): Promise<boolean> {
  const { output } = await attempt(beside(init, ["systemctl", "is-system-running"]), {
    environment,
    continued,
  });
  return /^(running|degraded)$/m.test(output);
}
