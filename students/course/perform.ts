import path from "node:path";

import { exitStatus } from "../../cli/commandProcess";
import type { Tools } from "../../cli/runCommand";
import { npmCommand } from "../../cli/shellCommand";
import { openOwnAccount } from "../account/own";
import { gradeFacts } from "../grade/facts";
import { gradeStudent } from "../grade/gradeStudent";
import { gradeFolder, localFolderOf } from "../grade/perform";
import { languageFor } from "../language/language";
import { tags } from "../rubric/exercises/tags";
import { rubric } from "../rubric/rubric";
import type { CourseInvocation } from "./commandLine";
import { courseText, nextStep } from "./courseText";
import { readProofs } from "./proofs";

const repository = path.resolve(__dirname, "../..");

/** Without a roster, no tags are asked for. */
const exercises = rubric.filter((each) => each !== tags);

/** Shows the course as far as the user's own account has it. @returns the exit status */
export async function perform(invocation: CourseInvocation, tools: Tools): Promise<number> {
  const { stack, local, lang, folder: asked } = invocation;
  const { conclude, interrupt, learn, screen, steps } = tools;
  const language = languageFor(lang, process.env);
  const localFolder = localFolderOf(invocation);
  const folder = gradeFolder(localFolder, invocation);
  const place = { repository, localFolder, local, stack, now: new Date(), stop: interrupt.signal };
  const graded = await steps.run(language === "ko" ? "과제 확인" : "Exercises", () =>
    gradeStudent({ id: stack, name: "" }, () => openOwnAccount(place), {
      exercises,
      acting: undefined,
      undoFolder: path.join(folder, "undo"),
      undone: (text) => {
        screen.print(text[language]);
      },
      stop: interrupt.signal,
    }),
  );
  const { problem } = graded;
  if (problem !== undefined) {
    learn({ reason: problem.reason[language], remedy: problem.next[language] });
    conclude(`${problem.reason[language]}\n${problem.next[language]}`);
    return exitStatus.failed;
  }
  const proofs = await readProofs(folder);
  const course = graded.graded.map((each) => ({ ...each, provedAt: proofs.get(each.exercise.id) }));
  const given = { stack, local, folder: asked };
  learn({
    ...gradeFacts(graded, language),
    proved: Object.fromEntries([...proofs].map(([id, at]) => [id, at.toISOString()])),
    nextExercise: nextStep(course)?.exercise.id,
  });
  conclude(
    courseText(course, {
      language,
      actCommand: npmCommand("grade", [], { ...given, act: true }),
      courseCommand: npmCommand("course", [], given),
    }),
  );
  return exitStatus.ok;
}
