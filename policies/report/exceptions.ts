import type { Problem } from "../exceptions/parse";
import type { ReportedException, StackResult } from "./results";

/** A problem with a file that configures the run. */
export interface FileProblem extends Problem {
  /** Relative to the working directory. */
  readonly file: string;
}

/** `policies/exceptions.yaml:12: the exception ended …` */
export function problemText({ file, line, text }: FileProblem): string {
  return `${file}:${String(line)}: ${text}`;
}

/** The number of excepted findings. */
export function countExcepted(results: readonly StackResult[]): number {
  const findings = results.flatMap(({ rules }) => rules.flatMap((rule) => rule.findings));
  return findings.filter(({ outcome }) => outcome === "excepted").length;
}

/** `excepted until 2027-01-31, because REASON (OWNER)` */
export function exceptionText({ reason, until, owner, id }: ReportedException): string {
  const end = until === undefined ? "" : ` until ${until}`;
  const source = owner ?? id;
  return `excepted${end}, because ${reason}${source === undefined ? "" : ` (${source})`}`;
}
