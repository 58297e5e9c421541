import { readAfterUp, type AfterUp } from "../../components/settings/afterUp";
import type { Case } from "./cases";
import { contradictions, describeStep, unproven } from "./judge";
import type { LiveStack, Outcome } from "./liveStack";
import { allSettings, patched, type Groups, type Patch } from "./settings";

/** The result of one case. */
export interface CaseResult {
  readonly case: Case;
  readonly problems: readonly string[];
  /** Of the change, and of the change back. */
  readonly outcomes: readonly Outcome[];
}

/** Changes settings on one live stack, one case after the other. */
export function matrixOn(live: LiveStack, base: Groups) {
  /** Settings that cannot change back. The stack keeps them. */
  let carried: Patch = {};
  /** The settings of the stack; `undefined` before it is up. */
  let current: Groups | undefined;

  const bring = async (settings: Groups) => {
    if (current !== undefined && same(current, settings)) return;
    const { error } = await live.up(settings);
    if (error !== undefined) {
      await live.reset();
      current = undefined;
      carried = {};
      throw new Error(`the stack did not come up: ${error}`);
    }
    current = settings;
  };

  const run = async (each: Case): Promise<CaseResult> => {
    const stated = afterUpOf(each.setting);
    const others = Object.fromEntries(Object.entries(carried).filter(([path]) => path !== each.setting));
    const from = patched(patched(patched(base, each.around), others), carriedOf(each, carried));
    const to = patched(from, each.change);
    const problems: string[] = [];
    const outcomes: Outcome[] = [];
    if (same(from, to)) return { case: each, problems, outcomes };
    await bring(from);
    const before = await live.inventory();

    const move = async (settings: Groups, direction: string) => {
      const outcome = await live.up(settings);
      outcomes.push(outcome);
      const found = contradictions(each.setting, stated, outcome);
      problems.push(...found.map((problem) => `${direction}: ${problem}`));
      if (outcome.error === undefined) current = settings;
      const now = current ?? settings;
      const after = await live.preview(now);
      const left = after.steps.map(describeStep);
      if (after.error !== undefined)
        problems.push(`${direction}: the preview after it failed: ${after.error}`);
      if (left.length > 0) problems.push(`${direction}: a preview then changes ${left.join("; ")}`);
      return outcome.error === undefined;
    };

    const moved = await move(to, "there");
    if (moved) {
      const returned = await move(from, "back");
      if (returned) problems.push(...leftovers(before, await live.inventory()));
      else if (stated.refused !== undefined) carried = { ...carried, ...each.change };
    }
    if (problems.length > 0) {
      // The next case must not depend on this one.
      await live.reset();
      current = undefined;
      carried = {};
    }
    return { case: each, problems, outcomes };
  };

  return { run, settings: () => current };
}

/** A setting that could not change back keeps its value. */
function carriedOf(each: Case, carried: Patch): Patch {
  return each.setting in carried ? { [each.setting]: carried[each.setting] } : {};
}

function same(some: Groups, others: Groups): boolean {
  return JSON.stringify(some) === JSON.stringify(others);
}

/** The stated effects that no case proved. For a setting whose cases all ran. */
export function unprovenOf(setting: string, results: readonly CaseResult[]): readonly string[] {
  return unproven(
    afterUpOf(setting),
    results.flatMap(({ outcomes }) => outcomes),
  );
}

export function afterUpOf(setting: string): AfterUp {
  const schema = allSettings().get(setting);
  if (schema === undefined) throw new Error(`there is no setting ${setting}`);
  return readAfterUp(setting, schema);
}

/** Snapshots remain after their database, and images while servers use them. */
const mayStay: ReadonlySet<string> = new Set(["rds db-snapshot", "ec2 image", "ec2 snapshot"]);

function leftovers(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): readonly string[] {
  const kinds = new Set([...before.keys(), ...after.keys()]);
  return [...kinds].flatMap((kind) => {
    const more = (after.get(kind) ?? 0) - (before.get(kind) ?? 0);
    if (more === 0 || (more > 0 && mayStay.has(kind))) return [];
    return [more > 0 ? `left over: ${more} ${kind}` : `missing afterwards: ${-more} ${kind}`];
  });
}
