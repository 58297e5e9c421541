/** What the system says about itself, for {@link refusalOf}. */
export interface SystemFacts {
  readonly isRoot: boolean;
  readonly isInContainer: boolean;
  /** Values of sysctls; undefined where the kernel has none. */
  readonly appArmorRestricts: string | undefined;
  readonly unprivilegedClone: string | undefined;
  readonly maxUserNamespaces: string | undefined;
  readonly user: string;
  readonly folder: string;
}

/** What the trial printed. */
export interface Trial {
  /** Its standard output: the steps that began. */
  readonly steps: string;
  readonly errors: string;
}

const container = "Or run it in a container: see docs/live.md.";
const asRoot = "run this as root";

/** Why the trial failed, and what to do, as one or two sentences. Pure. */
export function refusalOf({ steps, errors }: Trial, facts: SystemFacts): string {
  const step = steps.trim().split("\n").at(-1) ?? "";
  const detail = detailOf(errors);
  if (step === "ids") return tooFewIds(facts.user);
  if (step === "overlay") return noOverlay(facts.folder, detail);
  if (step === "network" && !/permitted|denied|Read-only/i.test(detail)) {
    return `The kernel makes no network interfaces of type veth (${detail}). Load its module (\`modprobe veth\`), or use a kernel that has it.`;
  }
  if (isAboutIds.test(detail)) return noRange(facts.user, detail);
  if (facts.isInContainer) {
    return `This container may not create namespaces (${detail}). Start it with \`--privileged\`: see docs/live.md.`;
  }
  if (facts.isRoot) return `Root may not create namespaces here (${detail}). Run this outside of a sandbox.`;
  return noUserNamespace(detail, facts);
}

/** What `unshare`, `newuidmap` and `newgidmap` print when a user's range of ids is missing. */
const isAboutIds = /newuidmap|newgidmap|uid_map|gid_map|subuid|subgid/;

/** The last line with a reason: \`mount\` adds a hint at the kernel's log. */
function detailOf(errors: string): string {
  const lines = errors.split("\n").map((line) => line.trim());
  return (
    lines.findLast((line) => line !== "" && !line.startsWith("dmesg(1)"))?.replace(/: Success$/, "") ?? ""
  );
}

function noUserNamespace(detail: string, facts: SystemFacts): string {
  if (facts.maxUserNamespaces === "0") {
    return `User namespaces are off (user.max_user_namespaces is 0). Set it (\`sudo sysctl -w user.max_user_namespaces=10000\`), or ${asRoot}.`;
  }
  if (facts.unprivilegedClone === "0") {
    return `Only root may create user namespaces here (kernel.unprivileged_userns_clone is 0). Allow it (\`sudo sysctl -w kernel.unprivileged_userns_clone=1\`), or ${asRoot}.`;
  }
  if (facts.appArmorRestricts === "1") {
    return `AppArmor forbids user namespaces (kernel.apparmor_restrict_unprivileged_userns is 1). Allow them (\`sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0\`), or ${asRoot}. ${container}`;
  }
  if (/newuidmap|newgidmap|uid_map|gid_map|subuid|subgid|ID map/i.test(detail))
    return noRange(facts.user, detail);
  return `User ${facts.user} may not create a user namespace (${detail}). Do it as root: ${asRoot}. ${container}`;
}

function noRange(user: string, detail: string): string {
  return `User ${user} has no range of user and group ids in /etc/subuid and /etc/subgid (${detail}). Add one: \`sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 ${user}\`.`;
}

function tooFewIds(user: string): string {
  return `The range of user ids of ${user} in /etc/subuid is too short: a machine needs 65536. Add a longer one in front: \`sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 ${user}\`.`;
}

function noOverlay(folder: string, detail: string): string {
  if (/No space left|quota/i.test(detail)) {
    return `The disk of ${folder} is full. Free some space, or choose a folder on another disk with --folder.`;
  }
  return `The file system of ${folder} cannot be the upper layer of an overlay (${detail}). Choose a folder on ext4, XFS, Btrfs or a container's volume with --folder.`;
}
