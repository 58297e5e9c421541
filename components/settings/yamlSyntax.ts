import type { YAMLError } from "yaml";

import type { Problem } from "./problem";

/** What to write instead, by the parser's code for the mistake. */
const remedies: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "spaces: YAML does not allow a tab for indentation",
  BAD_INDENT: "YAML: settings of one group start in one column, to the right of the group's name",
  MISSING_CHAR: "YAML: a space after each colon and comma, and every quote and bracket closed",
  BLOCK_AS_IMPLICIT_KEY: "YAML: one `name: value` per line; put a text that contains `: ` in quotes",
  BAD_SCALAR_START: "YAML: put a text that starts with @, `, % or & in quotes",
  UNEXPECTED_TOKEN: "YAML: `name: value` on each line; a text in single quotes writes each ' twice",
  BAD_ALIAS: "YAML: a text that starts with * in quotes, or an alias of an anchor above",
  IMPOSSIBLE: "YAML: `name: value` on each line",
};

/** A mistake in the YAML itself. The line's text is shown, as that is what the user looks for. */
export function syntaxProblem({ code, message }: YAMLError, line: number, text: string): Problem {
  const source = (text.split(/\r?\n/)[line - 1] ?? "").trimEnd();
  const isTab = code === "TAB_AS_INDENT" || /^ *\t/.test(source);
  const isOpen = message.includes("must be sufficiently indented and end with");
  const remedy = remedies[isTab ? "TAB_AS_INDENT" : isOpen ? "MISSING_CHAR" : code];
  const [reason = ""] = message.split(/ at line \d+|\n/);
  return {
    path: "",
    value: source === "" ? "the end of a text" : withoutValue(source),
    allowed: remedy ?? `YAML (${reason})`,
    line,
  };
}

/** A line's start is enough to find it; what follows may be a secret. */
function withoutValue(source: string): string {
  const [, name = source] = /^(\s*[^\s:]+(?::[^\s:]+)?:\s).+$/.exec(source) ?? [];
  return name.length < source.length ? `${name}…` : source;
}
