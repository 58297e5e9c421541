import { exceptedIn, exceptedPolicy } from "../policies/exceptions/text";
import { exceptionText } from "../policies/report/exceptions";
import { partsOf, qualifiedName } from "../policies/support/qualifiedName";
import { isOurs, stackType, withoutSecrets } from "./checkpoint";
import { differencesOf, type Difference } from "./differences";
import {
  engineEvent,
  errorText,
  isRemoteChild,
  plainText,
  protectionChanges,
  resourceOf,
  type EngineEvent,
  type Judgement,
  type Step,
} from "./events";

/** A kind of change of a resource. */
export type Change = "created" | "updated" | "replaced" | "deleted";

const changes: Readonly<Record<string, Change>> = {
  create: "created",
  update: "updated",
  "create-replacement": "replaced",
  delete: "deleted",
};

/** A resource that has changed, or would change. */
export interface ChangedResource {
  readonly change: Change;
  readonly type: string;
  readonly name: string;
  /** The properties that differ, of an update or replacement. */
  readonly properties: readonly string[];
  /** The old and the new values of these properties, nested ones by their paths. */
  readonly differences: readonly Difference[];
}

/** A rule that a resource, or the stack as a whole, violates. */
export interface Violation {
  /** `pack/rule` */
  readonly policy: string;
  readonly mandatory: boolean;
  /** `type name`; undefined for the stack as a whole. */
  readonly resource: string | undefined;
  readonly message: string;
  /** The exception that covers it, e.g. `excepted until 2027-01-31, because …`; a violation then refuses nothing. */
  readonly exception?: string;
}

/** A message of the engine, a provider or the program. */
export interface Diagnostic {
  readonly severity: "error" | "warning" | "info";
  readonly resource: string | undefined;
  readonly message: string;
}

/** The progress of a run. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Resources in progress, as `type name`. */
  readonly active: readonly string[];
}

/** Receives the events of a run. */
export interface RunListener {
  readonly changed: (resource: ChangedResource, progress: Progress) => void;
  readonly failed: (resource: string) => void;
  readonly moved: (progress: Progress) => void;
  readonly violated: (violation: Violation) => void;
  readonly diagnosed: (diagnostic: Diagnostic) => void;
}

/** The result of a run. */
export interface RunResult {
  readonly changes: readonly ChangedResource[];
  readonly violations: readonly Violation[];
  readonly errors: readonly Diagnostic[];
  /** Distinct rules that checked at least one resource, and found no violation. */
  readonly policiesPassed: number;
  /** Distinct rules that found a violation. */
  readonly policiesViolated: number;
  /** Distinct rules that found only violations which an exception covers. */
  readonly policiesExcepted: number;
  /** Distinct rules, as `pack/rule`, that need a value which only the update knows. */
  readonly policiesWaiting: readonly string[];
  /** The number of resources after the run, or after the previewed update. */
  readonly resources: number;
  /** The program's outputs; `[secret]` for a secret, Pulumi's placeholder for a value that is not known yet. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Follows one run of the engine through its events. */
export interface RunTracker {
  readonly onEvent: (event: unknown) => void;
  /** The program has registered a resource: the total is known before the engine receives it. */
  readonly onRegistration: () => void;
  readonly result: () => RunResult;
}

/** @param expected the least number of resources of the run, if it is known */
export function trackRun(listener: RunListener, expected = 0): RunTracker {
  const live = new Set<string>();
  const finished = new Set<string>();
  const active = new Set<string>();
  const remoteChildren = new Set<string>();
  const changed: ChangedResource[] = [];
  const violations: Violation[] = [];
  const errors: Diagnostic[] = [];
  /** The engine reports one cause several times: for every resource that waits for it. */
  const reported = new Set<string>();
  const passed = new Set<string>();
  const violated = new Set<string>();
  const waiting = new Set<string>();
  const excepted = new Set<string>();
  let outputs: Readonly<Record<string, unknown>> = {};
  let registered = 0;

  const progress = (): Progress => ({
    done: finished.size,
    total: Math.max(expected, registered + remoteChildren.size, finished.size + active.size),
    active: [...active].map(describe),
  });

  const begin = ({ urn }: Step) => {
    active.add(urn);
    if (isRemoteChild(urn)) remoteChildren.add(urn);
    listener.moved(progress());
  };
  const finish = (step: Step) => {
    const { op, urn } = step;
    active.delete(urn);
    if (op === "refresh") {
      // The preview before an operation: the operation itself follows.
      if (step.new) live.add(urn);
      listener.moved(progress());
      return;
    }
    if (op === "delete") live.delete(urn);
    else if (op !== "delete-replaced") live.add(urn);
    const change = protectionChanges(step) ? "updated" : changes[op];
    if (change === undefined || finished.has(urn)) {
      if (op !== "replace" && op !== "delete-replaced") finished.add(urn);
      listener.moved(progress());
      return;
    }
    finished.add(urn);
    const properties = differing(step);
    const resource = { change, ...resourceOf(urn), properties, differences: differences(step, properties) };
    changed.push(resource);
    listener.changed(resource, progress());
  };
  const judge = ({ passed: good, failed: bad }: Judgement) => {
    for (const name of good.filter(isRule)) passed.add(name);
    for (const name of bad.filter(isRule)) violated.add(name);
  };

  return {
    onEvent: (unparsed) => {
      const event = engineEvent.parse(unparsed);
      const before = event.resourcePreEvent?.metadata;
      if (before !== undefined && isOurs(before.type)) begin(before);
      const after = event.resOutputsEvent?.metadata;
      if (after !== undefined && isOurs(after.type)) finish(after);
      if (after?.type === stackType) outputs = withoutSecrets(after.new?.outputs ?? {});
      const failure = event.resOpFailedEvent?.metadata;
      if (failure !== undefined) {
        active.delete(failure.urn);
        listener.failed(describe(failure.urn));
      }
      const judgement = event.policyAnalyzeSummaryEvent ?? event.policyAnalyzeStackSummaryEvent;
      if (judgement !== undefined) judge(judgement);
      if (event.policyEvent !== undefined) {
        const violation = violationOf(event.policyEvent);
        if (unknownValue.test(violation.message)) {
          waiting.add(violation.policy);
          return;
        }
        (violation.exception === undefined ? violated : excepted).add(violation.policy);
        violations.push(violation);
        listener.violated(violation);
      }
      if (event.diagnosticEvent !== undefined) {
        const diagnostic = diagnosticOf(event.diagnosticEvent);
        if (diagnostic === undefined || reported.has(diagnostic.message)) return;
        reported.add(diagnostic.message);
        if (diagnostic.severity === "error") errors.push(diagnostic);
        listener.diagnosed(diagnostic);
      }
    },
    onRegistration: () => {
      registered += 1;
    },
    result: () => ({
      changes: changed,
      violations,
      errors,
      policiesPassed: [...passed].filter(
        (name) => ![violated, waiting, excepted].some((set) => set.has(name)),
      ).length,
      policiesViolated: violated.size,
      policiesExcepted: [...excepted].filter((name) => !violated.has(name)).length,
      policiesWaiting: [...waiting].sort(),
      resources: live.size,
      outputs,
    }),
  };
}

/** The policy that reports excepted violations is not a rule. */
function isRule(name: string): boolean {
  return partsOf(name).rule !== exceptedPolicy;
}

function violationOf(event: NonNullable<EngineEvent["policyEvent"]>): Violation {
  const { policyName, message, resourceUrn, enforcementLevel, exceptions: [own] = [] } = event;
  const resource = resourceUrn === undefined ? undefined : describe(resourceUrn);
  const text = plainText(message);
  const excepted = isRule(policyName) ? undefined : exceptedIn(text);
  if (excepted !== undefined) {
    const policy = qualifiedName(partsOf(policyName).pack, excepted.rule);
    return {
      policy,
      mandatory: false,
      resource,
      message: excepted.message,
      exception: exceptionText(excepted),
    };
  }
  // The rule itself still counts as failed for the engine.
  const exception = own === undefined ? {} : { exception: exceptionText(own) };
  const mandatory = enforcementLevel === "mandatory" && own === undefined;
  return { policy: policyName, mandatory, resource, message: text, ...exception };
}

function describe(urn: string): string {
  const { type, name } = resourceOf(urn);
  return `${type} ${name}`;
}

/** The properties that differ, by the engine's own comparison; nested ones by their path. */
function differing(step: Step): readonly string[] {
  const { op, diffs, detailedDiff } = step;
  if (op === "create" || op === "delete") return [];
  if (protectionChanges(step)) return ["protect"];
  const detailed = Object.keys(detailedDiff ?? {});
  return detailed.length > 0 ? detailed : (diffs ?? []);
}

/** Old and new values of an update or replacement. */
function differences(step: Step, properties: readonly string[]): readonly Difference[] {
  const { op, old, new: now } = step;
  if (op === "create" || op === "delete") return [];
  if (protectionChanges(step)) return [{ property: "protect", old: old?.protect, new: now?.protect }];
  return differencesOf({ old, new: now, properties });
}

/** The policy SDK's message about a rule that needs a value which only the update knows. */
const unknownValue = /^can't run policy .* during preview/;

/** Messages that the engine adds after the reason, and those of operations that it cancelled. */
const afterword = /^(preview|update|refresh|destroy) failed$|: context canceled$/;

/** Ephemeral messages and the engine's own debugging are not for the user. */
function diagnosticOf(event: {
  readonly urn?: string | undefined;
  readonly message: string;
  readonly severity: string;
  readonly ephemeral: boolean;
}): Diagnostic | undefined {
  const { urn, severity, ephemeral } = event;
  const message = severity === "error" ? errorText(event.message) : plainText(event.message);
  if (ephemeral || message === "" || afterword.test(message)) return undefined;
  const resource = urn === undefined || urn === "" ? undefined : describe(urn);
  switch (severity) {
    case "error":
    case "warning":
      return { severity, resource, message };
    case "info":
    case "info#err":
      return { severity: "info", resource, message };
    default:
      return undefined;
  }
}
