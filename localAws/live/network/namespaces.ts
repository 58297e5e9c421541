import { mkdirSync } from "node:fs";

import { attempt, run } from "../command";

const folder = "/run/netns";

export function namespaceFile(namespace: string): string {
  return `${folder}/${namespace}`;
}

function inside(namespace: string | undefined): readonly string[] {
  return namespace === undefined ? [] : ["nsenter", `--net=${namespaceFile(namespace)}`, "--"];
}

/** Creates a network namespace. `ip netns exec` and `nsenter` enter it. */
export async function addNamespace(namespace: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await run(["ip", "netns", "add", namespace]);
}

/** Removes the name. The namespace itself ends with its last process and socket. */
export async function deleteNamespace(namespace: string): Promise<void> {
  await run(["ip", "netns", "delete", namespace]);
}

function batch(namespace: string | undefined, options: readonly string[] = []): readonly string[] {
  const where = namespace === undefined ? [] : ["-netns", namespace];
  return ["ip", ...where, ...options, "-batch", "-"];
}

/** Runs commands of `ip`, one a line, in a namespace; the box's own is undefined. */
export async function ipBatch(namespace: string | undefined, commands: readonly string[]): Promise<void> {
  if (commands.length === 0) return;
  await run(batch(namespace), { input: `${commands.join("\n")}\n` });
}

/**
 * Makes a namespace route: it forwards IPv4, sends no redirects, and has no IPv6. The filter of the VPC checks sources,
 * more precisely than the kernel's reverse path filter would.
 */
export async function makeRouter(namespace: string | undefined): Promise<void> {
  const settings = {
    "ipv4/ip_forward": 1,
    "ipv4/conf/all/rp_filter": 0,
    "ipv4/conf/default/rp_filter": 0,
    "ipv4/conf/all/send_redirects": 0,
    "ipv4/conf/default/send_redirects": 0,
    "ipv6/conf/all/disable_ipv6": 1,
    "ipv6/conf/default/disable_ipv6": 1,
  };
  const lines = Object.entries(settings).map(([path, value]) => {
    const file = `/proc/sys/net/${path}`;
    return `[ ! -e ${file} ] || echo ${value} >${file}`;
  });
  await run([...inside(namespace), "sh", "-ec", lines.join("\n")]);
}

/** Gives a ruleset to nftables in a namespace. `nft` is the command: a program of an image runs by `chroot`. */
export async function applyRuleset(
  namespace: string,
  nft: readonly string[],
  ruleset: string,
): Promise<void> {
  await run([...inside(namespace), ...nft, "-f", "-"], { input: ruleset });
}

/** The commands that turn one set of addresses, rules and routes into another; each one has ` add `. */
export function changes(before: readonly string[], after: readonly string[]): readonly string[] {
  const removed = before.filter((each) => !after.includes(each)).toReversed();
  return [
    ...removed.map((each) => each.replace(" add ", " del ")),
    ...after.filter((each) => !before.includes(each)),
  ];
}

/** The addresses, rules and routes of a namespace that this process has added. */
export class Applied {
  private commands: readonly string[] = [];

  constructor(private readonly namespace: string | undefined) {}

  /** Makes the kernel equal to these commands of `ip`; nothing when it is. After a failure, the next call adds all. */
  async set(commands: readonly string[]): Promise<void> {
    const wanted = [...new Set(commands)];
    try {
      await ipBatch(this.namespace, changes(this.commands, wanted));
      this.commands = wanted;
    } catch (error) {
      // Which of them exist is unknown: removes what there is.
      const all = [...new Set([...this.commands, ...wanted])];
      await attempt(batch(this.namespace, ["-force"]), { input: changes(all, []).join("\n") });
      this.commands = [];
      throw error;
    }
  }
}
