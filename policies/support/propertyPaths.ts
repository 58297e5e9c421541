import { judgeEach } from "./unknown";

/** Judges a value; `at` is its property, as in a program. */
export type JudgeValue<Found> = (value: unknown, at: string) => Iterable<Found>;

/**
 * Judges the values at a path such as `inlinePolicies[].policy`, in which `[]` is every item of a list. A property that is
 * not set has no value. An unknown value is reported after the findings about the known ones.
 */
export function judgeAt<Found>(props: object, path: string, judge: JudgeValue<Found>): Iterable<Found> {
  return judgeSteps(props, path.split("."), "", judge);
}

/** Judges the values at several paths. */
export function judgeAtAll<Found>(
  props: object,
  paths: readonly string[],
  judge: JudgeValue<Found>,
): Iterable<Found> {
  return judgeEach(paths, (path) => judgeAt(props, path, judge));
}

function* judgeSteps<Found>(
  from: unknown,
  [step, ...steps]: readonly string[],
  before: string,
  judge: JudgeValue<Found>,
): Iterable<Found> {
  if (step === undefined) {
    yield* judge(from, before);
    return;
  }
  if (typeof from !== "object" || from === null) return;
  const name = step.replace("[]", "");
  const at = before === "" ? name : `${before}.${name}`;
  const value: unknown = Reflect.get(from, name);
  if (value === undefined || value === null) return;
  if (name === step) yield* judgeSteps(value, steps, at, judge);
  else if (Array.isArray(value)) {
    yield* judgeEach(value, (item, index) => judgeSteps(item, steps, `${at}[${String(index)}]`, judge));
  }
}
