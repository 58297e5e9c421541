import { readFileSync } from "node:fs";
import path from "node:path";
import { SemVer } from "semver";

/** The Go module that pins the Pulumi CLI. */
export const cliModule = path.join(__dirname, "module");

/** The package of the CLI within its Go module. */
export const cliPackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";

/**
 * The CLI that the tests use, as `module/go.mod` pins it; a newer one of the same major version
 * works too.
 */
export function pinnedVersion(): SemVer {
  return versionIn(readFileSync(path.join(cliModule, "go.mod"), "utf8"));
}

/** The version of the CLI that a `go.mod` requires. */
export function versionIn(goMod: string): SemVer {
  const found = /^require github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)$/m.exec(goMod)?.[1];
  if (found === undefined) throw new Error(`${cliModule}/go.mod requires no Pulumi CLI`);
  return new SemVer(found);
}

/** The version of Go that a `go.mod` requires. */
export function goVersionIn(goMod: string): string {
  const found = /^go (\S+)$/m.exec(goMod)?.[1];
  if (found === undefined) throw new Error(`${cliModule}/go.mod names no version of Go`);
  return found;
}

/** The version of Go that builds the pinned CLI. */
export function neededGo(): string {
  return goVersionIn(readFileSync(path.join(cliModule, "go.mod"), "utf8"));
}

/** Whether this CLI can replace the pinned one. */
export function isNewEnough(version: SemVer | null, pinned: SemVer): boolean {
  return version?.major === pinned.major && version.compare(pinned) >= 0;
}
