import { createHash } from "node:crypto";
import path from "node:path";

import { decodeUtf8 } from "../../settings/yamlText";
import { readSiteFolder, type SiteEntry } from "./folder";
import { layoutProblems } from "./layout";
import { packagesIn } from "./packages";
import { phpIniProblems } from "./phpIni";
import { InvalidContentError, type ContentProblem } from "./problem";

/** The repository's own folder of content. */
export const siteFolder = path.resolve(__dirname, "../../../site");

/** A file of the site, as it is on a server. It belongs to root and is not executable. */
export interface ContentFile {
  /** Absolute. */
  readonly path: string;
  readonly bytes: Buffer;
}

/** What a site adds to the servers' image. */
export interface SiteContent {
  readonly files: readonly ContentFile[];
  /** Debian packages besides the servers' own. */
  readonly packages: readonly string[];
  /** Twelve hex digits that change when anything of the content does. */
  readonly hash: string;
}

/**
 * The content of the folder `site/`; `undefined` when it has none.
 * @throws InvalidContentError that lists every mistake
 */
export function readSiteContent(folder = siteFolder): SiteContent | undefined {
  return contentOf(readSiteFolder(folder));
}

/**
 * The content in the files of a folder.
 * @throws InvalidContentError that lists every mistake
 */
export function contentOf(entries: readonly SiteEntry[]): SiteContent | undefined {
  if (entries.length === 0) return undefined;
  const texts = Object.fromEntries(["packages.txt", "php.ini"].map((file) => [file, textOf(entries, file)]));
  const { packages, problems } = packagesIn(texts["packages.txt"]?.text ?? "");
  const all = [
    ...layoutProblems(entries),
    ...Object.values(texts).flatMap((each) => each.problems),
    ...problems,
    ...phpIniProblems(texts["php.ini"]?.text ?? ""),
  ];
  if (all.length > 0) throw new InvalidContentError(all);
  const files = entries.filter((each) => each.path !== "packages.txt").map(placed);
  return { files, packages, hash: hashOf(files, packages) };
}

function textOf(
  entries: readonly SiteEntry[],
  file: string,
): { readonly text: string; readonly problems: readonly ContentProblem[] } {
  const entry = entries.find((each) => each.path === file);
  const read = decodeUtf8(entry?.bytes ?? Buffer.alloc(0));
  return "text" in read
    ? { text: read.text, problems: [] }
    : { text: "", problems: [{ ...read.problem, path: file }] };
}

function placed({ path: from, bytes }: SiteEntry): ContentFile {
  // After the servers' own file, so that these directives win.
  if (from === "php.ini") return { path: "/etc/php/8.4/fpm/conf.d/99-zz-site.ini", bytes };
  return { path: `/var/lib/wordpress/wp-content/${from}`, bytes };
}

function hashOf(files: readonly ContentFile[], packages: readonly string[]): string {
  const hash = createHash("sha256").update(JSON.stringify(packages));
  for (const { path: to, bytes } of files) hash.update(`\0${to}\0${String(bytes.length)}\0`).update(bytes);
  return hash.digest("hex").slice(0, 12);
}
