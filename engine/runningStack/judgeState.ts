import { messageOf } from "../../cli/failure";
import type { Locate } from "../../policies/report/places";
import type { EnforcedPack, PolicyRun } from "../../policies/report/results";
import { stackType } from "../checkpoint";
import { collectPolicyEvents } from "../policyEvents";
import { analyzeState, isUnchanged, type AnalyzeOptions } from "./analyze";
import { resourcesOf, type Deployment } from "./deployment";
import type { Drift } from "./drift";
import { judgedState } from "./judged";

/** A running stack to judge. */
export interface RunningStack {
  readonly name: string;
  readonly packs: readonly EnforcedPack[];
  /** Reads its state. */
  readonly read: () => Promise<Deployment>;
  /** Compares the account with the state. Default: the state counts. */
  readonly findDrift?: (() => Promise<readonly Drift[]>) | undefined;
  /** Finds where a finding can be fixed. Default: not known. */
  readonly locateIn?: ((state: Deployment) => Locate) | undefined;
}

/**
 * Judges what is deployed, without the program.
 *
 * @throws only when the user stops it. Every other failure is in the result.
 */
export async function judgeState(
  { name, packs, read, findDrift, locateIn }: RunningStack,
  options: Omit<AnalyzeOptions, "onEvent">,
): Promise<PolicyRun> {
  const collected = collectPolicyEvents();
  const about = { stack: name, subject: findDrift === undefined ? "state" : "account", packs } as const;
  try {
    const state = await read();
    const drift = await findDrift?.();
    const { onEvent, events } = collected;
    await analyzeState(judgedState(state, drift ?? [], isUnchanged), { ...options, onEvent });
    return {
      ...about,
      events,
      finished: true,
      drift: drift?.map(named),
      locate: locateIn?.(state),
      deployedDollarsPerMonth: priceIn(state),
    };
  } catch (error) {
    if (options.signal.aborted) throw error;
    return { ...about, events: collected.events, finished: false, failure: messageOf(error) };
  }
}

/** The price that the program estimated; undefined for a program without this output. */
function priceIn(state: Deployment): number | undefined {
  const price = resourcesOf(state).find(({ type }) => type === stackType)?.outputs?.[
    "estimatedDollarsPerMonth"
  ];
  return typeof price === "number" ? price : undefined;
}

function named({ urn, gone, properties }: Drift) {
  return { urn, gone, properties: properties.map(({ property }) => property) };
}
