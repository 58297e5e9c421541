import type { SiteEntry } from "./folder";
import type { ContentProblem } from "./problem";

const mebibyte = 1_048_576;
/** More is a build's intermediate files or media, which belong to the uploads. */
export const limits = { fileBytes: 8 * mebibyte, totalBytes: 64 * mebibyte, files: 20_000 } as const;

const contentFolders = ["themes", "plugins", "mu-plugins", "languages"];
const singleFiles = ["packages.txt", "php.ini"];
const layoutAllowed = `${contentFolders.map((each) => `${each}/…`).join(", ")}, ${singleFiles.join(" and ")}`;

/** The servers have must-use plugins of these names. */
const ownMustUse = ["mail.php", "network.php", "page-cache.php", "site-health.php"];

const name = /^[A-Za-z0-9_][A-Za-z0-9_.@+-]*$/;
/** The first bytes of programs for Linux, Windows and macOS. */
const programs = ["7f454c46", "4d5a9000", "cffaedfe", "cafebabe"];

/** Mistakes in the names, kinds and sizes of the files. */
export function layoutProblems(entries: readonly SiteEntry[]): readonly ContentProblem[] {
  return [...entries.flatMap(entryProblems), ...sizeProblems(entries), ...headerProblems(entries)];
}

function entryProblems(entry: SiteEntry): readonly ContentProblem[] {
  const { path, kind, bytes } = entry;
  const problem = (value: unknown, allowed: string): readonly ContentProblem[] => [{ path, value, allowed }];
  if (kind !== "file")
    return problem(kind === "link" ? "a symbolic link" : "no regular file", "files; copy the content here");
  const parts = path.split("/");
  const [top = "", second = ""] = parts;
  if (parts.length === 1 ? !singleFiles.includes(path) : !contentFolders.includes(top))
    return problem(path, layoutAllowed);
  if (parts.includes("node_modules"))
    return problem("a file of node_modules", "the result of a build; remove node_modules");
  const wrong = parts.find((part) => !name.test(part));
  if (wrong !== undefined)
    return problem(
      wrong,
      "names of letters, digits or _ . @ + -, without a dot first (such files may have secrets)",
    );
  if (parts.length === 2 && top === "themes")
    return problem(second, "a folder for each theme: themes/NAME/style.css");
  if (top === "themes" && /^twenty[a-z]+$/.test(second))
    return problem(second, "another name: the theme of this name is WordPress's own");
  if (top === "mu-plugins" && parts.length === 2 && ownMustUse.includes(second))
    return problem(second, "another name: the servers have a must-use plugin of this name");
  if (top === "languages" && !/\.(?:mo|po|json|l10n\.php)$/.test(path))
    return problem(path, "translations: .mo, .po, .json or .l10n.php");
  if (bytes.length > limits.fileBytes)
    return problem(`${String(bytes.length)} bytes`, `at most ${String(limits.fileBytes)} bytes in a file`);
  if (programs.includes(bytes.subarray(0, 4).toString("hex")) || path.endsWith(".phar"))
    return problem("a program", "PHP source, styles, scripts of browsers, pictures, fonts and translations");
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(bytes.toString("latin1")))
    return problem("a file with a private key", "no secrets: every user of the image could read them");
  return [];
}

function sizeProblems(entries: readonly SiteEntry[]): readonly ContentProblem[] {
  const total = entries.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return [
    ...(entries.length <= limits.files
      ? []
      : [
          {
            path: "",
            value: `${String(entries.length)} files`,
            allowed: `at most ${String(limits.files)} files`,
          },
        ]),
    ...(total <= limits.totalBytes
      ? []
      : [
          {
            path: "",
            value: `${String(total)} bytes`,
            allowed: `at most ${String(limits.totalBytes)} bytes`,
          },
        ]),
  ];
}

/** Themes and plugins that WordPress would not list, because it finds no header. */
function headerProblems(entries: readonly SiteEntry[]): readonly ContentProblem[] {
  const files = new Map(entries.map(({ path, bytes }) => [path, bytes]));
  const foldersOf = (top: string) => [
    ...new Set(
      [...files.keys()].flatMap((path) => {
        const [first, folder, ...rest] = path.split("/");
        return first === top && folder !== undefined && rest.length > 0 ? [folder] : [];
      }),
    ),
  ];
  const has = (path: string, header: string) => files.get(path)?.subarray(0, 8_192).includes(header) === true;
  const themes = foldersOf("themes")
    .filter((theme) => !has(`themes/${theme}/style.css`, "Theme Name:"))
    .map((theme) => ({
      path: `themes/${theme}/style.css`,
      value: files.has(`themes/${theme}/style.css`) ? "no header Theme Name" : undefined,
      allowed: "a comment with `Theme Name: …` in the first 8 KB, by which WordPress finds the theme",
    }));
  const plugins = foldersOf("plugins")
    .filter((plugin) => {
      const direct = new RegExp(`^plugins/${plugin.replaceAll(/[.+]/g, "\\$&")}/[^/]+\\.php$`);
      return ![...files.keys()].some((path) => direct.test(path) && has(path, "Plugin Name:"));
    })
    .map((plugin) => ({
      path: `plugins/${plugin}`,
      value: "no header Plugin Name",
      allowed:
        "a PHP file directly in it, with `Plugin Name: …` in a comment, by which WordPress finds the plugin",
    }));
  return [...themes, ...plugins];
}
