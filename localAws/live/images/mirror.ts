import { run } from "../command";

/** The release that servers run. */
export const release = "trixie";

/** Debian's own mirrors, for machines whose apt has none: other distributions. */
const defaults = {
  Debian: "http://deb.debian.org/debian",
  "Debian-Security": "http://deb.debian.org/debian-security",
} as const;

/** The mirror that apt's `indextargets` lists under the label. Only plain HTTP passes through the package proxy. */
export function mirrorOf(label: keyof typeof defaults, indexTargets: string): string {
  const line = indexTargets.split("\n").find((each) => each.startsWith(`${label} http:`));
  return line?.split(" ")[1]?.replace(/\/$/, "") ?? defaults[label];
}

/** The addresses of Debian's mirrors: those that this machine's apt uses, else Debian's own. */
export async function mirrors(): Promise<{ readonly main: string; readonly security: string }> {
  const known = await run(["apt-get", "indextargets", "--format", "$(LABEL) $(REPO_URI)"]);
  return { main: mirrorOf("Debian", known), security: mirrorOf("Debian-Security", known) };
}

/** apt's source lines for the release. */
export async function aptSources(): Promise<readonly string[]> {
  const { main, security } = await mirrors();
  return [
    `deb ${main} ${release} main`,
    `deb ${main} ${release}-updates main`,
    `deb ${security} ${release}-security main`,
  ];
}
