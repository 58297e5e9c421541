import { exceptionText } from "./exceptions";
import { noNotes, type ReportNotes } from "./notes";
import type { Place } from "./places";
import type { Finding, StackResult } from "./results";

/** Excepted and known findings keep the level of a violation: the suppression or the baseline states the rest. */
const levels = {
  violated: "error",
  advised: "warning",
  known: "error",
  excepted: "error",
  remediated: "note",
  "not judged": "note",
} as const;

/** Code hosts sort findings by this number, from 0 to 10. */
const securitySeverity = { critical: "9.5", high: "8.0", medium: "5.5", low: "3.0" } as const;

/**
 * The results as SARIF 2.1.0, which code hosts show beside the code. A finding points to the setting that decides the
 * value; else to the line of the program that makes the resource; else to the stack's file.
 */
export function renderSarif(results: readonly StackResult[], notes: ReportNotes = noNotes): string {
  const rules = new Map(
    results.flatMap((result) => result.rules).map(({ pack, rule }) => [`${pack}/${rule.name}`, rule]),
  );
  const driver = {
    name: "Pulumi policies",
    rules: [...rules].map(([id, rule]) => ({
      id,
      name: rule.displayName,
      shortDescription: { text: rule.description },
      fullDescription: { text: rule.why },
      help: { text: rule.remediationSteps },
      helpUri: rule.url,
      properties: { "security-severity": securitySeverity[rule.severity] },
    })),
  };
  return JSON.stringify(
    {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: { driver },
          invocations: [invocation(results, notes)],
          results: results.flatMap((each) => findingsOf(each, notes)),
        },
      ],
    },
    undefined,
    2,
  );
}

/** A failed run and a wrong exception are not findings of a rule, but notifications of the tool. */
function invocation(results: readonly StackResult[], { exceptionProblems }: ReportNotes): object {
  const failures = results.flatMap(({ stack, subject, failure }) =>
    failure === undefined
      ? []
      : [{ level: "error", message: { text: `The ${subject} of ${stack}: ${failure}` } }],
  );
  const wrong = exceptionProblems.map(({ text, ...place }) => ({
    level: "error",
    message: { text },
    locations: [physical(place)],
  }));
  const notifications = [...failures, ...wrong];
  return {
    executionSuccessful: notifications.length === 0,
    ...(notifications.length > 0 ? { toolExecutionNotifications: notifications } : {}),
  };
}

function findingsOf({ stack, rules }: StackResult, { baseline }: ReportNotes): readonly object[] {
  return rules.flatMap(({ pack, rule, findings }) =>
    findings.map((finding) => ({
      ruleId: `${pack}/${rule.name}`,
      level: levels[finding.outcome],
      message: { text: finding.message },
      ...locations(stack, finding),
      ...suppressions(finding),
      ...(baseline === undefined ? {} : { baselineState: finding.outcome === "known" ? "unchanged" : "new" }),
      ...(finding.drifted ? { properties: { tags: ["drift"] } } : {}),
      // Identifies the finding in the next run, even if its message has changed.
      partialFingerprints: {
        finding: `${stack}/${pack}/${rule.name}/${finding.urn ?? ""}${finding.at === undefined ? "" : `/${finding.at}`}`,
      },
    })),
  );
}

function suppressions({ exception }: Finding): object {
  if (exception === undefined) return {};
  const { until, owner, id } = exception;
  const properties = { until, owner, id };
  return {
    suppressions: [
      { kind: "external", status: "accepted", justification: exceptionText(exception), properties },
    ],
  };
}

/** A code host shows the first location; the line of the program is related to a setting. */
function locations(stack: string, { resource, urn, places: { setting, source } }: Finding): object {
  const [first = { file: `Pulumi.${stack}.yaml`, line: 1 }, ...related] = [setting, source].filter(
    (place) => place !== undefined,
  );
  const logicalLocations = [
    { name: resource, kind: "resource", ...(urn === undefined ? {} : { fullyQualifiedName: urn }) },
  ];
  return {
    locations: [{ ...physical(first), logicalLocations }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((place) => ({
            ...physical(place),
            message: { text: `The program creates ${resource} here.` },
          })),
        }),
  };
}

function physical({ file, line }: Place): object {
  return { physicalLocation: { artifactLocation: { uri: file }, region: { startLine: line } } };
}
