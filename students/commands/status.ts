import { counted } from "../../cli/counted";
import { emulatorFolder, foldersOf } from "../../engine/folders";
import { emulatorStatus } from "../../localAws/emulator";
import { atOnce } from "../account/atOnce";
import { accountsOf } from "../account/open";
import { repository } from "../classRun";
import { pointsOfKept, readGrades } from "../grade/keptGrades";
import { readLedgers } from "../guard/ledgers";
import { languageFor } from "../language/language";
import { askStudent } from "../progress/askStudent";
import { inLanguage, progressLines, summaryLines } from "../progress/progressText";
import type { CommandContext, Outcome } from "./context";
import { offlineStatus } from "./offlineStatus";

/** Most of the work waits for AWS, so more students at once than cores. */
export const studentsAtOnce = 8;

/** Asks each student's account what it has. Changes nothing. */
export async function status(context: CommandContext): Promise<Outcome> {
  const { run, invocation, screen, stop } = context;
  if (invocation.offline === true || (invocation.local && !(await emulatorRuns(run.localFolder)))) {
    return offlineStatus(context);
  }
  const language = languageFor(invocation.lang, process.env);
  const accounts = await accountsOf({ ...run, repository, local: invocation.local, now: new Date(), stop });
  const [ledgers, grades] = await Promise.all([readLedgers(run.state), readGrades(run.state)]);
  let asked = 0;
  const answers = await atOnce(
    run.stacks,
    invocation.parallel ?? studentsAtOnce,
    async (stack) => {
      const progress = await askStudent(stack, {
        accounts: () => Promise.resolve(accounts),
        run,
        ledgers: () => Promise.resolve(ledgers),
        graded: false,
        stop,
      });
      asked += 1;
      screen.show("", `${asked} of ${counted(run.stacks.length, "account")} asked`);
      const grade = grades.get(stack.student.id);
      if (grade === undefined) return progress;
      return { ...progress, points: pointsOfKept(grade), gradedAt: grade.at };
    },
    stop,
  );
  screen.show("", undefined);
  const students = answers.flatMap((progress) => progress ?? []);
  const lines = students.flatMap((progress) => progressLines(progress, language));
  const summary = summaryLines(students, { local: invocation.local, now: new Date() }, language);
  return {
    ok: students.every(({ problem }) => problem === null) && students.length === run.stacks.length,
    text: [...lines, ...summary].join("\n"),
    facts: { students: students.map((progress) => inLanguage(progress, language)) },
  };
}

async function emulatorRuns(localFolder: string): Promise<boolean> {
  return (await emulatorStatus(emulatorFolder(foldersOf({ repository, local: localFolder })))).running;
}
