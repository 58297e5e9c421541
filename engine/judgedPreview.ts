import { messageOf } from "../cli/failure";
import type { Tools } from "../cli/runCommand";
import type { PolicyRun } from "../policies/report/results";
import { runEngine, type EngineContext, type EngineOptions, type EngineSession } from "./engineRun";
import { collectPolicyEvents } from "./policyEvents";
import type { Diagnostic } from "./run";

/** What the rules reported in a preview, and whether the preview came to its end. */
export type JudgedPreview = Pick<PolicyRun, "events" | "finished" | "failure">;

/** A preview to judge. */
export interface PreviewToJudge {
  /** The step's title. */
  readonly title: string;
  /** Opens the stack. Its failure is in the result too. */
  readonly open: () => Promise<
    EngineSession & { readonly preview: (options: EngineOptions) => Promise<unknown> }
  >;
}

/**
 * Previews a stack and collects what its rules report. Prints nothing: the lines of several stacks would mix.
 *
 * @throws only when the user stops it. Every other failure is in the result.
 */
export async function judgePreview(
  { title, open }: PreviewToJudge,
  { steps, interrupt }: Pick<Tools, "steps" | "interrupt">,
): Promise<JudgedPreview> {
  const collected = collectPolicyEvents();
  let errors: readonly Diagnostic[] = [];
  const context: EngineContext = {
    steps,
    interrupt,
    screen: { live: true, print: () => undefined, show: () => undefined },
    learn: (facts) => {
      if (facts.errors !== undefined) errors = facts.errors;
    },
  };
  const ended = (failure?: string): JudgedPreview => ({
    events: collected.events,
    finished: collected.finished(),
    failure,
  });
  try {
    const { preview, ...session } = await open();
    await runEngine(context, session, {
      title,
      isPreview: true,
      run: ({ onEvent, ...options }) =>
        preview({
          ...options,
          onEvent: (event) => {
            collected.onEvent(event);
            onEvent(event);
          },
        }),
    });
    return ended();
  } catch (error) {
    if (interrupt.received() !== undefined) throw error;
    // A violation of a mandatory rule fails the preview too, but only after all rules have run.
    if (errors.length === 0 && collected.finished()) return ended();
    return ended(errors.length === 0 ? messageOf(error) : errors.map(({ message }) => message).join("\n"));
  }
}
