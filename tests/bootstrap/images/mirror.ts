import { run } from "../support/command";

/** The release that servers run. */
export const release = "trixie";

async function address(label: "Debian" | "Debian-Security"): Promise<string | undefined> {
  const known = await run(["apt-get", "indextargets", "--format", "$(LABEL) $(REPO_URI)"]);
  return known
    .split("\n")
    .find((line) => line.startsWith(`${label} `))
    ?.split(" ")[1]
    ?.replace(/\/$/, "");
}

/**
 * apt's source lines for the release, from the mirror that this machine uses. @throws when it uses no mirror of
 * Debian
 */
export async function aptSources(): Promise<readonly string[]> {
  const [main, security] = await Promise.all([address("Debian"), address("Debian-Security")]);
  if (main === undefined || security === undefined) {
    throw new Error(
      "This machine's apt has no mirror of Debian and its security updates; run apt-get update.",
    );
  }
  return [
    `deb ${main} ${release} main`,
    `deb ${main} ${release}-updates main`,
    `deb ${security} ${release}-security main`,
  ];
}
