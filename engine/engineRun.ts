import { endChildren } from "../cli/children";
import { Failure, messageOf } from "../cli/failure";
import type { Interrupt } from "../cli/interrupt";
import { machineFailureIn } from "../cli/machineFailure";
import type { Screen } from "../cli/screen";
import type { Steps } from "../cli/steps";
import { trackRun, type Diagnostic, type RunResult, type Violation } from "./run";
import { runView } from "./runView";
import type { StackSession } from "./stackSession";

/** The parts of a command that a run of the engine uses. */
export interface EngineContext {
  readonly screen: Screen;
  readonly steps: Steps;
  readonly interrupt: Interrupt;
  /** Receives the result of a run. */
  readonly learn: (facts: RunFacts) => void;
}

/** The result of a run, as `--json` prints it. */
export interface RunFacts {
  /**
   * Numbers of distinct rules: those that checked a resource and found no violation, those that found one, those whose
   * violations an exception covers, and those that wait for values which only the update knows.
   */
  readonly policies: {
    readonly passed: number;
    readonly violated: number;
    readonly excepted: number;
    readonly waiting: number;
  };
  readonly violations: readonly Violation[];
  /** Errors of the engine, a provider or the program. */
  readonly errors?: readonly Diagnostic[];
}

/** The parts of a stack's session that a run of the engine uses. */
export interface EngineSession extends Pick<StackSession, "before" | "onRegistration"> {
  /** Values for `--policy-pack`. */
  readonly policyPacks: readonly string[];
}

/** The options of every operation of the engine. */
export interface EngineOptions {
  readonly onEvent: (event: unknown) => void;
  readonly onOutput: (text: string) => void;
  readonly signal: AbortSignal;
  readonly policyPacks: string[];
  readonly color: "never";
}

/** The user stopped the run; what was finished is kept. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor(readonly signal: NodeJS.Signals) {
    super("stopped; what was finished is kept, and the next run resumes");
  }
}

/** One operation of the engine. */
export interface Operation {
  /** The step's title, e.g. `Updating the stack local`. */
  readonly title: string;
  readonly run: (options: EngineOptions) => Promise<unknown>;
  /** It changes nothing. */
  readonly isPreview?: boolean;
  /** Its changes appear at its end, all together. Default: when it is a preview. */
  readonly quiet?: boolean;
  /** The least number of its resources. Default: that of the last run. */
  readonly expected?: number;
}

/**
 * Runs one operation of the engine, shows it while it runs, and returns its result.
 *
 * @throws Interrupted when the user stopped it; Failure when a policy, a provider or the program did
 */
export async function runEngine(
  context: EngineContext,
  session: EngineSession,
  operation: Operation,
): Promise<RunResult> {
  const { title, run, isPreview = false, quiet = isPreview } = operation;
  const { expected = session.before?.resources.length } = operation;
  return context.steps.run(title, async (say) => {
    const tracker = trackRun(runView(context.screen, say, !quiet), expected);
    session.onRegistration(tracker.onRegistration);
    const { interrupt } = context;
    const early = interrupt.received();
    if (early !== undefined) throw new Interrupted(early);
    try {
      const options: EngineOptions = {
        onEvent: (event) => {
          tracker.onEvent(event);
          // The engine would try to write its state again after every operation, for minutes.
          if (machineFailureIn(lastError(tracker.result())) !== undefined) endChildren();
        },
        onOutput: (text) => {
          if (text.includes("received; cancelling")) interrupt.engineKnows();
        },
        signal: interrupt.signal,
        policyPacks: [...session.policyPacks],
        color: "never",
      };
      await interrupt.finishing(() => run(options));
    } catch (error) {
      const result = tracker.result();
      learnResult(context, result);
      const stopped = interrupt.received();
      if (stopped !== undefined) throw new Interrupted(stopped);
      throw machineFailureIn(enginesWords(error, result)) ?? failureOf(error, result, isPreview);
    }
    const result = tracker.result();
    learnResult(context, result);
    return result;
  });
}

function learnResult(context: EngineContext, result: RunResult): void {
  context.learn({
    policies: {
      passed: result.policiesPassed,
      violated: result.policiesViolated,
      excepted: result.policiesExcepted,
      waiting: result.policiesWaiting.length,
    },
    violations: result.violations,
    ...(result.errors.length > 0 ? { errors: result.errors } : {}),
  });
}

function lastError({ errors }: RunResult): string {
  return errors.at(-1)?.message ?? "";
}

/** All messages of the engine about its end. */
function enginesWords(error: unknown, { errors }: RunResult): string {
  return [messageOf(error), ...errors.map(({ message }) => message)].join("\n");
}

/** One sentence with the reason why the engine stopped; the details have been printed before. */
function failureOf(error: unknown, result: RunResult, isPreview: boolean): Failure {
  const changed = result.changes.length;
  const kept =
    isPreview || changed === 0 ? "Nothing was changed." : `${changed} changes were made and are kept.`;
  const refusing = new Set(
    result.violations.filter(({ mandatory }) => mandatory).map(({ policy }) => policy),
  );
  if (refusing.size > 0) {
    return new Failure(
      `Policy refuses the stack: ${[...refusing].join(", ")}. ${kept}`,
      "Fix the violations above, then run the command again.",
      { cause: error },
    );
  }
  const [first] = result.errors;
  if (first !== undefined) {
    // All of it is printed above, and in the errors of `--json`.
    const [firstLine = ""] = first.message.split("\n");
    const more = result.errors.length > 1 ? ` (and ${result.errors.length - 1} more)` : "";
    const where = first.resource === undefined ? "" : `${first.resource}: `;
    const reason = `${where}${firstLine.replace("; nothing was changed.", "").replace(/[.:]$/, "")}${more}`;
    return new Failure(
      `The engine stopped: ${reason}. ${kept}`,
      "Fix the error, then run the command again.",
      {
        cause: error,
      },
    );
  }
  return new Failure(
    `The engine stopped: ${lastLines(messageOf(error))} ${kept}`,
    "Run the command again; if the error stays, please report it.",
    { cause: error },
  );
}

/** The end of a command's output, which states why it failed. */
function lastLines(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .slice(-4)
    .join(" ");
}
