import { isBuiltin } from "node:module";
import { z } from "zod";

/** The package's name on npm. */
export const componentsPackageName = "wordpress-on-aws-components";

const repositoryManifest = z.object({
  version: z.string(),
  license: z.string(),
  engines: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
});

/** esbuild bundles the launcher's code. The package contains the bundle. */
const unneeded: ReadonlySet<string> = new Set(["esbuild"]);

/**
 * The package's manifest. Its dependencies are what its code imports.
 *
 * Versions are ranges, so that a project keeps its own versions of Pulumi's packages.
 *
 * @param own the repository's manifest
 * @param code the text of each JavaScript and type file of the package
 * @throws Error that lists every imported package that the repository's manifest does not have
 */
export function packageManifest(own: unknown, code: readonly string[]) {
  const { version, license, engines, dependencies } = repositoryManifest.parse(own);
  const needed = [...new Set(code.flatMap(packagesIn))].filter((name) => !unneeded.has(name)).sort();
  const missing = needed.filter((name) => dependencies[name] === undefined);
  if (missing.length > 0) {
    throw new Error(
      `The components import ${missing.join(", ")}: not in the dependencies of package.json. Add them there.`,
    );
  }
  return {
    name: componentsPackageName,
    version,
    description:
      "Pulumi components for AWS: a network, a MariaDB database, an auto-scaling WordPress fleet and a scheduled launcher of servers.",
    license,
    keywords: ["pulumi", "aws", "wordpress", "autoscaling"],
    engines,
    main: "components/index.js",
    types: "components/index.d.ts",
    dependencies: Object.fromEntries(needed.map((name) => [name, `^${dependencies[name] ?? ""}`])),
  };
}

/** The packages that a compiled file imports: at once, late, or for their types. */
export function packagesIn(code: string): readonly string[] {
  return [...code.matchAll(/(?:\brequire\(|\bimport\(|\bfrom |\bimport )"([^".][^"]*)"/g)]
    .map(([, specifier = ""]) => specifier)
    .filter((specifier) => !isBuiltin(specifier))
    .map((specifier) => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/"));
}
