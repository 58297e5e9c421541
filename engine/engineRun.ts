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
   * Numbers of distinct rules: those that checked a resource and found no violation, those that found one, and those
   * that wait for values which only the update knows.
   */
  readonly policies: { readonly passed: number; readonly violated: number; readonly waiting: number };
  readonly violations: readonly Violation[];
  /** Errors of the engine, a provider or the program. */
  readonly errors?: readonly Diagnostic[];
}

/** The parts of a stack's session that a run of the engine uses. */
export interface EngineSession extends Pick<StackSession, "before" | "onRegistration"> {
  /** Values for `--policy-pack`. */
  readonly policyPacks: readonly string[];
}

/** What every operation of the engine is given. */
export interface EngineOptions {
  readonly onEvent: (event: unknown) => void;
  readonly onOutput: (text: string) => void;
  readonly signal: AbortSignal;
  readonly policyPacks: string[];
  readonly color: "never";
}

/** The user stopped the run; what had been done is kept. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor(readonly signal: NodeJS.Signals) {
    super("stopped; what was finished is kept, and the next run goes on from there");
  }
}

/** One operation of the engine. */
export interface Operation {
  /** What is being done, e.g. `Bringing up the stack local`. */
  readonly title: string;
  readonly run: (options: EngineOptions) => Promise<unknown>;
  /** It only tells what would be done. */
  readonly isPreview?: boolean;
  /** Its changes are told at its end, all together. Default: when it is a preview. */
  readonly quiet?: boolean;
  /** How many resources it goes through at least. Default: those of the last run. */
  readonly expected?: number;
}

/**
 * Runs one operation of the engine, shows it while it goes on, and tells what it came to.
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
    try {
      await run({
        onEvent: tracker.onEvent,
        onOutput: (text) => {
          if (text.includes("received; cancelling")) context.interrupt.engineKnows();
        },
        signal: context.interrupt.signal,
        policyPacks: [...session.policyPacks],
        color: "never",
      });
    } catch (error) {
      const result = tracker.result();
      learnResult(context, result);
      const stopped = context.interrupt.received();
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
      waiting: result.policiesWaiting.length,
    },
    violations: result.violations,
    ...(result.errors.length > 0 ? { errors: result.errors } : {}),
  });
}

/** All that the engine printed about its end. */
function enginesWords(error: unknown, { errors }: RunResult): string {
  return [messageOf(error), ...errors.map(({ message }) => message)].join("\n");
}

/** One sentence for what stopped the engine; the details have been shown as they came. */
function failureOf(error: unknown, result: RunResult, isPreview: boolean): Failure {
  const changed = result.changes.length;
  const kept =
    isPreview || changed === 0 ? "Nothing was changed." : `${changed} changes had been made and are kept.`;
  const refusing = new Set(
    result.violations.filter(({ mandatory }) => mandatory).map(({ policy }) => policy),
  );
  if (refusing.size > 0) {
    return new Failure(
      `Policy refuses the stack: ${[...refusing].join(", ")}. ${kept}`,
      "Mend what is said above, and run this again.",
      { cause: error },
    );
  }
  const [first] = result.errors;
  if (first !== undefined) {
    // All of it stands above, and in the errors of `--json`.
    const [firstLine = ""] = first.message.split("\n");
    const more = result.errors.length > 1 ? ` (and ${result.errors.length - 1} more)` : "";
    const where = first.resource === undefined ? "" : `${first.resource}: `;
    const reason = `${where}${firstLine.replace("; nothing was changed.", "").replace(/[.:]$/, "")}${more}`;
    return new Failure(`The engine stopped: ${reason}. ${kept}`, "Mend that, and run this again.", {
      cause: error,
    });
  }
  return new Failure(
    `The engine stopped: ${lastLines(messageOf(error))} ${kept}`,
    "Run this again; if it stays, please report it.",
    { cause: error },
  );
}

/** The end of a command's output, where it says why it ended. */
function lastLines(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .slice(-4)
    .join(" ");
}
