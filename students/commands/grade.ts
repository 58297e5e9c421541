import path from "node:path";

import { atOnce } from "../account/atOnce";
import { accountsOf } from "../account/open";
import { repository } from "../classRun";
import { confirmAct } from "../grade/confirmAct";
import { gradesCsv } from "../grade/csv";
import { gradeFacts, type GradeFacts } from "../grade/facts";
import { unstarted, gradeStudent, type StudentGrade } from "../grade/gradeStudent";
import { keepGrades, factsOfKept, readGrades } from "../grade/keptGrades";
import { classText, studentText } from "../grade/text";
import { writeGrades } from "../grade/writeGrades";
import { languageFor } from "../language/language";
import type { Language, Text } from "../language/text";
import { rubric } from "../rubric/rubric";
import type { StudentStack } from "../settings/studentSettings";
import { studentsCommand } from "../studentsCommand";
import type { CommandContext, Outcome } from "./context";

/** Most of a grading waits for AWS, so more students at once than cores. */
const studentsAtOnce = 8;

/** Grades each student's account by the rubric. Without `--act` it changes nothing. */
export async function grade(context: CommandContext): Promise<Outcome> {
  const { invocation, run, stop } = context;
  const { act, local } = invocation;
  const language = languageFor(invocation.lang, process.env);
  if (invocation.join === true) return joined(context, language);
  if (act) {
    const asked = { yes: invocation.yes, command: studentsCommand(invocation, { act, yes: true }) };
    const ids = run.stacks.map(({ student }) => student.id);
    if (!(await confirmAct(asked, ids, language))) {
      return { ok: true, text: "Nothing was changed.", facts: { students: [] } };
    }
    // With a listener, the first Ctrl-C lets checks undo what they did.
    context.onSignal(() => undefined);
  }
  const accounts = await accountsOf({ ...run, repository, local, now: new Date(), stop });
  const progress = progressOf(context);
  const gradeOne = async (stack: StudentStack): Promise<StudentGrade> => {
    const { student } = stack;
    const folder = path.join(run.place.ofStudent(student.id), "undo");
    const step = (text: Text) => {
      progress.step(student.id, text[language]);
    };
    const grade = await gradeStudent(student, () => accounts.open(stack), {
      exercises: rubric,
      acting: act ? { folder, step } : undefined,
      undoFolder: folder,
      undone: (text) => {
        context.screen.print(`${student.id}: ${text[language]}`);
      },
      stop,
    });
    progress.ended(student.id);
    return grade;
  };
  const size = invocation.parallel ?? studentsAtOnce;
  const grades = await atOnce(run.stacks, size, gradeOne, stop);
  progress.close();
  const given = run.stacks.map(({ student }, index) => grades[index] ?? unstarted(student, rubric));
  await keepGrades(run.state, given, new Date());
  return await outcomeOf(
    context,
    given.map((grade) => gradeFacts(grade, language)),
    language,
  );
}

/** The last grades of the whole class, by whichever jobs. Asks no account. */
async function joined(context: CommandContext, language: Language): Promise<Outcome> {
  const kept = await readGrades(context.run.state);
  const students = context.run.stacks.map(({ student }) =>
    factsOfKept(student, kept.get(student.id), language),
  );
  return await outcomeOf(context, students, language);
}

async function outcomeOf(
  { invocation: { csv } }: CommandContext,
  students: readonly GradeFacts[],
  language: Language,
): Promise<Outcome> {
  const notes = csv === undefined ? [] : [await writeGrades(csv, gradesCsv(students))];
  return {
    ok: students.every(({ reason }) => reason === undefined),
    text: [gradesText(students, language), ...notes].join("\n"),
    facts: { students },
  };
}

function gradesText(students: readonly GradeFacts[], language: Language): string {
  const [first] = students;
  return first !== undefined && students.length === 1
    ? studentText(first, language)
    : classText(students, language);
}

/** Shows how many students are graded, and what an active check does. */
function progressOf({ screen, run }: CommandContext) {
  let done = 0;
  const show = () => {
    screen.show("", `${done} of ${run.stacks.length} graded`);
  };
  show();
  return {
    step: (id: string, text: string) => {
      screen.show(id, `${id}: ${text}`);
    },
    ended: (id: string) => {
      done += 1;
      screen.show(id, undefined);
      show();
    },
    close: () => {
      screen.show("", undefined);
    },
  };
}
