import { locateIn, stackFileIn } from "../../engine/places/locate";
import type { StackResult } from "../../policies/report/results";
import { stackResult } from "../../policies/report/results";
import { repository } from "../classRun";
import { judgeStates } from "../policy/judgeStates";
import { locateForStudent } from "../policy/locateForStudent";
import { readRuleFiles } from "../policy/ruleFiles";
import { classSettingsStack } from "../settings/classSettings";
import { policyFacts, policyText, type JudgedStudent } from "../ui/policyText";
import type { Judged } from "../work/task";
import type { CommandContext, Outcome } from "./context";
import { withStack } from "./withStack";
import { workOn } from "./work";

/** Judges each student's stack by the packs of a class, and reports them in one table. Changes nothing. */
export async function policy(context: CommandContext): Promise<Outcome> {
  const { run, invocation } = context;
  const { subject, roster } = invocation;
  const files = await readRuleFiles();
  const asked = subject === "preview" ? run.stacks : await withStack(run);
  const judged =
    subject === "state" ? await judgeStates(context, asked) : await judgeInWorkers(context, asked);
  const classFile = await stackFileIn(repository, classSettingsStack);
  const students = run.stacks.map((stack): JudgedStudent => {
    const { student } = stack;
    const { id, name } = student;
    if (!asked.includes(stack)) return { id, name, status: "not up" };
    const found = judged.get(id);
    if (found === undefined) return { id, name, status: "not started" };
    const { lines, ...events } = found;
    const locate = locateForStudent(
      roster,
      student,
      locateIn(classFile, (urn) => lines[urn]),
    );
    const result: StackResult = stackResult({ stack: id, subject, packs: files.packs, locate, ...events });
    return { id, name, status: "judged", result };
  });
  const notes = files.review(
    students.flatMap((student) => (student.status === "judged" ? [student.result] : [])),
    run.ids,
  );
  const { passed, ...facts } = policyFacts(students, notes);
  return { ok: passed, text: policyText(students, notes), facts: { passed, subject, ...facts } };
}

/** Each worker opens the student's account; a failure there is the student's result. */
async function judgeInWorkers(
  context: CommandContext,
  stacks: Parameters<typeof workOn>[2],
): Promise<ReadonlyMap<string, Judged>> {
  const operation = context.invocation.subject === "preview" ? "judge-preview" : "judge-account";
  const endings = await workOn(context, operation, stacks);
  return new Map(
    [...endings].map(([id, ended]): [string, Judged] => {
      if (ended.kind === "done" && ended.report.judged !== undefined) return [id, ended.report.judged];
      const failure =
        ended.kind === "failed" ? `${ended.reason}\n${ended.remedy}` : "The worker returned no result.";
      return [id, { events: [], finished: false, failure, lines: {} }];
    }),
  );
}
