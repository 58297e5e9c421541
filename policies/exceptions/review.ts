import type { Finding, RuleResult, StackResult } from "../report/results";
import type { Problem } from "../support/yamlLines";
import type { Day } from "./day";
import type { Exception } from "./exception";
import { isAbout } from "./match";
import { matches, matchesResource } from "./pattern";

/** What a review compares exceptions with. */
export interface Reviewed {
  readonly results: readonly StackResult[];
  /** All stacks of the project, also those that this run did not judge. */
  readonly stacks: readonly string[];
  /** Whether this run reports a rule, as `pack/rule`. */
  readonly isReported: (rule: string) => boolean;
  readonly today: Day;
}

/** The exceptions that have ended, and those that cover nothing, each with its line. */
export function reviewExceptions(entries: readonly Exception[], reviewed: Reviewed): readonly Problem[] {
  return entries.flatMap((entry) => {
    const { line, until, owner } = entry;
    if (until < reviewed.today) {
      const text = `the exception ended on ${until} (owner: ${owner}); fix the violation and remove the exception, or set a later until`;
      return [{ line, text }];
    }
    return entry.rules
      .filter((rule) => reviewed.isReported(rule) && coversNothing(entry, rule, reviewed))
      .map((rule) => ({
        line,
        text: `no violation of ${rule} matches the exception (owner: ${owner}); correct resource, stack and at, or remove it`,
      }));
  });
}

/** False where a stack was not judged or a value is unknown: the exception may then cover something. */
function coversNothing(entry: Exception, rule: string, { results, stacks }: Reviewed): boolean {
  const names = stacks.filter((name) => matches(entry.stack, name));
  const judged = results.filter(({ stack }) => names.includes(stack));
  if (judged.length < names.length) return false;
  return judged.every((result) => {
    const own = result.rules.filter((each) => `${each.pack}/${each.rule.name}` === rule);
    return own.every((each) => !mayCover(entry, each));
  });
}

function mayCover(entry: Exception, { outcome, findings }: RuleResult): boolean {
  if (outcome === "not judged" && findings.length === 0) return true;
  return findings.some((finding) => {
    const { urn = "", at } = finding;
    if (finding.outcome === "not judged") return matchesResource(entry.resource, urn);
    return at !== undefined && isCoverable(finding) && isAbout(entry, { urn, at });
  });
}

/** A violation that is about an exception but not covered by it already fails, with its own sentence. */
function isCoverable({ outcome }: Finding): boolean {
  return outcome === "excepted" || outcome === "violated" || outcome === "advised";
}
