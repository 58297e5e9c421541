import type { ContentProblem } from "./problem";

/** Debian policy, section 5.6.1. */
const packageName = /^[a-z0-9][a-z0-9+.-]+$/;

/** Packages that would break what the servers rely on. */
const refused: Readonly<Record<string, string>> = {
  apache2: "nginx serves the site",
  "libapache2-mod-php": "nginx serves the site",
  "unattended-upgrades": "software changes only with a new image",
};

/** The packages of `packages.txt`: one name on each line, `#` starts a comment line. */
export function packagesIn(text: string): {
  readonly packages: readonly string[];
  readonly problems: readonly ContentProblem[];
} {
  const lines = text.split(/\r?\n/).map((each, index) => ({ name: each.trim(), line: index + 1 }));
  const named = lines.filter(({ name }) => name !== "" && !name.startsWith("#"));
  const problems = named.flatMap(({ name, line }, index) => {
    const problem = (allowed: string) => [{ path: "packages.txt", line, value: name, allowed }];
    if (!packageName.test(name)) return problem("the name of one Debian package, without version or options");
    const reason = refused[name];
    if (reason !== undefined) return problem(`another package: ${reason}`);
    const first = named.findIndex((each) => each.name === name);
    return first === index
      ? []
      : problem(`each package once; line ${String(named[first]?.line)} has it, too`);
  });
  return { packages: named.map(({ name }) => name), problems };
}
