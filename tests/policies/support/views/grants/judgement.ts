import type { Finding } from "../../../../../policies/support/finding";
import type { Judgement } from "../../../../../policies/support/rule";
import { anyFixture } from "../../fixture";

/** The findings of a synchronous judgement of one resource. */
export function judgementOf(
  { appliesTo, judge }: Judgement<object>,
  type: string,
  props: object,
  name = "one",
): readonly Finding[] {
  if (!appliesTo(type)) throw new Error(`the judgement does not apply to ${type}`);
  const findings = judge(anyFixture(type, name, props), {});
  if (Symbol.asyncIterator in findings) throw new Error("the judgement is asynchronous");
  return [...findings];
}
