import type { ContentProblem } from "./problem";

const directive = /^([a-z][a-z0-9_.]*)\s*=\s*(.*)$/i;

/** Directives that the servers set, or that change what code runs, with the reason. */
const refused: Readonly<Record<string, string>> = {
  auto_append_file: "code belongs to a theme or a plugin",
  auto_prepend_file: "code belongs to a theme or a plugin",
  expose_php: "the servers' pool sets it",
  extension: "an extension is a Debian package; name it in packages.txt",
  memory_limit: "the servers' pool sets it, because the number of its workers depends on it",
  "opcache.validate_timestamps": "code never changes while a server runs",
  post_max_size: "the servers' pool sets it, and nginx has the same limit",
  upload_max_filesize: "the servers' pool sets it, and nginx has the same limit",
  zend_extension: "an extension is a Debian package; name it in packages.txt",
};

/** Mistakes in `php.ini`: one `name = value` on each line, `;` starts a comment line. */
export function phpIniProblems(text: string): readonly ContentProblem[] {
  const seen = new Map<string, number>();
  return text.split(/\r?\n/).flatMap((raw, index) => {
    const [line, written] = [index + 1, raw.trim()];
    if (written === "" || written.startsWith(";")) return [];
    const problem = (allowed: string) => [{ path: "php.ini", line, value: written, allowed }];
    const name = directive.exec(written)?.[1]?.toLowerCase();
    if (name === undefined) return problem("name = value, without sections");
    const reason = refused[name];
    if (reason !== undefined) return problem(`another directive: ${reason}`);
    const first = seen.get(name);
    if (first !== undefined) return problem(`each directive once; line ${String(first)} has it, too`);
    seen.set(name, line);
    return [];
  });
}
