import path from "node:path";

import { exitStatus } from "../../cli/commandProcess";
import { exitStatusOf } from "../../cli/interrupt";
import type { Tools } from "../../cli/runCommand";
import { npmCommand } from "../../cli/shellCommand";
import { openOwnAccount } from "../account/own";
import { provedBy, readProofs, writeProofs } from "../course/proofs";
import { languageFor } from "../language/language";
import { rubric } from "../rubric/rubric";
import type { Signals } from "../signals";
import type { OwnInvocation } from "./commandLine";
import { confirmAct } from "./confirmAct";
import { gradesCsv } from "./csv";
import { gradeFacts } from "./facts";
import { gradeStudent } from "./gradeStudent";
import { studentText } from "./text";
import { writeGrades } from "./writeGrades";

const repository = path.resolve(__dirname, "../..");

/** Grades the user's own account. @returns the exit status */
export async function perform(invocation: OwnInvocation, tools: Tools<Signals>): Promise<number> {
  const { stack, local, act, csv, lang, yes } = invocation;
  const { conclude, interrupt, learn, screen } = tools;
  const language = languageFor(lang, process.env);
  const command = npmCommand("grade", [], { stack, local, act, yes: true, folder: invocation.folder });
  if (act && !(await confirmAct({ yes, command }, [stack], language))) {
    conclude("Nothing was changed.");
    return exitStatus.ok;
  }
  // With a listener, the first Ctrl-C lets checks undo what they did.
  if (act) interrupt.onSignal(() => undefined);
  const localFolder = localFolderOf(invocation);
  const place = { repository, localFolder, local, now: new Date(), stop: interrupt.signal };
  const ownFolder = gradeFolder(localFolder, invocation);
  const folder = path.join(ownFolder, "undo");
  const graded = await gradeStudent({ id: stack, name: "" }, () => openOwnAccount({ ...place, stack }), {
    exercises: rubric,
    acting: act
      ? {
          folder,
          step: (text) => {
            screen.show("", text[language]);
          },
        }
      : undefined,
    undoFolder: folder,
    undone: (text) => {
      screen.print(text[language]);
    },
    stop: interrupt.signal,
  });
  screen.show("", undefined);
  if (act) await writeProofs(ownFolder, provedBy(await readProofs(ownFolder), graded.graded, new Date()));
  const facts = gradeFacts(graded, language);
  learn(facts);
  const notes = csv === undefined ? [] : [await writeGrades(csv, gradesCsv([facts]))];
  conclude([studentText(facts, language), ...notes].join("\n"));
  const signal = interrupt.received();
  if (signal !== undefined) return exitStatusOf[signal] ?? exitStatus.failed;
  return graded.problem === undefined ? exitStatus.ok : exitStatus.failed;
}

/** The folder of what gradings of this account keep: undo records, and which active checks passed. */
export function gradeFolder(
  localFolder: string,
  { local, stack }: Pick<OwnInvocation, "local" | "stack">,
): string {
  return path.join(localFolder, "grade", local ? "local" : "aws", stack);
}

/** The folder of all files that runs create. */
export function localFolderOf({ folder }: Pick<OwnInvocation, "folder">): string {
  return folder === undefined ? path.join(repository, ".local") : path.resolve(folder);
}
