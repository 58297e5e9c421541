import { exitStatus } from "../cli/commandProcess";
import { Misuse } from "../cli/failure";
import type { Tools } from "../cli/runCommand";
import { today } from "../policies/exceptions/day";
import { defaultExceptionsFile, readExceptions } from "../policies/exceptions/file";
import { knownRules, resolveRule } from "../policies/exceptions/ruleNames";
import { defaultLevelsFile, readLevels } from "../policies/levels/file";
import { levelOf } from "../policies/levels/level";
import { packs } from "../policies/packs";
import { explainRule, explanation } from "../policies/report/explain";
import { qualifiedName } from "../policies/support/qualifiedName";
import type { Invocation } from "./commandLine";

/**
 * Prints what a rule asks for and why, with its level and its exceptions.
 *
 * @param name `pack/rule`, or the rule's name
 * @returns the exit status
 * @throws Misuse when there is no such rule, or when the files with the levels or the exceptions are wrong
 */
export function explain(name: string, invocation: Invocation, tools: Tools): number {
  const resolved = resolveRule(name, knownRules(packs));
  if ("problem" in resolved) throw new Misuse([`--explain ${resolved.problem}`]);
  const { id } = resolved.rule;
  const names = { packs, areAllPacks: true };
  const { levels, problems } = readLevels(invocation.levels ?? defaultLevelsFile, names);
  const exceptions = readExceptions(invocation.exceptions ?? defaultExceptionsFile, names);
  const wrong = [...problems, ...exceptions.problems];
  if (wrong.length > 0) throw new Misuse(wrong);
  const [found] = packs.flatMap((pack) =>
    pack.rules.filter((rule) => qualifiedName(pack.name, rule.name) === id).map((rule) => ({ pack, rule })),
  );
  if (found === undefined) throw new TypeError(`no pack has ${id}`);
  const facts = explanation(found.pack, found.rule, {
    level: levelOf(id, found.rule, levels, today()),
    exceptions: exceptions.entries.filter(({ rules }) => rules.includes(id)),
  });
  tools.learn({ passed: true, explanation: facts });
  tools.conclude(explainRule(facts));
  return exitStatus.ok;
}
