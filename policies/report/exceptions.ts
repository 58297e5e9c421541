import type { Problem } from "../support/yamlLines";
import type { Finding, ReportedException, StackResult } from "./results";

/** A problem with a file that configures the run. */
export interface FileProblem extends Problem {
  /** Relative to the working directory. */
  readonly file: string;
}

/** `policies/exceptions.yaml:12: the exception ended …` */
export function problemText({ file, line, text }: FileProblem): string {
  return `${file}:${String(line)}: ${text}`;
}

/** The number of findings with an outcome. */
export function countOf(results: readonly StackResult[], outcome: Finding["outcome"]): number {
  const findings = results.flatMap(({ rules }) => rules.flatMap((rule) => rule.findings));
  return findings.filter((finding) => finding.outcome === outcome).length;
}

/** `excepted until 2027-01-31, because REASON (OWNER)` */
export function exceptionText({ reason, until, owner, id }: ReportedException): string {
  const end = until === undefined ? "" : ` until ${until}`;
  const source = owner ?? id;
  return `excepted${end}, because ${reason}${source === undefined ? "" : ` (${source})`}`;
}
