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
 * apt's lines for the release, from the mirror that this machine itself uses.
 * @throws when it uses none of Debian's
 */
export async function aptSources(): Promise<readonly string[]> {
  const [main, security] = await Promise.all([address("Debian"), address("Debian-Security")]);
  if (main === undefined || security === undefined) {
    throw new Error(
      "This machine's apt knows no mirror of Debian and its security updates; run apt-get update.",
    );
  }
  return [
    `deb ${main} ${release} main`,
    `deb ${main} ${release}-updates main`,
    `deb ${security} ${release}-security main`,
  ];
}
