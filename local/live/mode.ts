import { Failure } from "../../cli/failure";
import { buildNeeds } from "../../localAws/live/images/prepare";

export type Mode = "live" | "recorded";

/** What decides whether an `up` boots servers. */
export interface ModeFacts {
  /** The user's option. */
  readonly asked: Mode | undefined;
  /** The mode of the stacks that are up in the emulator; undefined when it has none. */
  readonly current: Mode | undefined;
  /** Why this machine cannot boot servers, in one sentence with its fix; undefined when it can. */
  readonly whyNot: string | undefined;
  readonly imagesAreThere: boolean;
  /** Whether a user can answer a question. */
  readonly isAtTerminal: boolean;
  /** The command that does the same with `--live`, and the one that stops the emulator. */
  readonly liveCommand: string;
  readonly stopCommand: string;
}

/** What to do, and the sentence for the user. */
export interface ModeDecision {
  /** `ask` asks the user whether to prepare the images. */
  readonly mode: Mode | "ask";
  readonly text?: string;
}

/**
 * Live where this machine is ready for it. A stack keeps the mode in which it was created: its golden image has a disk
 * only in a live region.
 *
 * @throws Failure when the user asks for what is not possible.
 */
export function decideMode(facts: ModeFacts): ModeDecision {
  const { asked, current, whyNot, imagesAreThere, isAtTerminal, liveCommand, stopCommand } = facts;
  if (current !== undefined && asked !== undefined && asked !== current) {
    throw new Failure(
      `The emulator has stacks that were created with --${current}, and a stack keeps its mode.`,
      `Stop the emulator, which ends its stacks, then run this again: ${stopCommand}`,
    );
  }
  if (asked === "recorded") return { mode: "recorded" };
  if (current === "recorded") {
    return { mode: "recorded", text: "The emulator's stacks are recorded only: no server boots." };
  }
  if (whyNot !== undefined) {
    if (asked === "live" || current === "live") {
      const remedy =
        asked === "live" ? "Without --live, the emulator records only." : `To start again: ${stopCommand}`;
      throw new Failure(`No server can boot here. ${whyNot}`, remedy);
    }
    return { mode: "recorded", text: `Recorded only, no server boots: ${whyNot}` };
  }
  if (imagesAreThere || asked === "live" || current === "live") return { mode: "live" };
  if (isAtTerminal) return { mode: "ask", text: `Servers can boot here. Their images need ${buildNeeds}.` };
  return {
    mode: "recorded",
    text: `Recorded only, no server boots. To boot servers (${buildNeeds}): ${liveCommand}`,
  };
}
