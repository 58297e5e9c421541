import { readCheckpoint } from "../../engine/checkpoint";
import { projectName } from "../../engine/settingsFile";
import type { ClassRun } from "../classRun";
import type { StudentStack } from "../settings/studentSettings";
import { foldersIn } from "../work/studentFolders";

/** The students whose stacks have resources or an interrupted creation. */
export async function withStack({ stacks, place, localFolder }: ClassRun): Promise<readonly StudentStack[]> {
  const found: StudentStack[] = [];
  for (const stack of stacks) {
    const folders = foldersIn(place.ofStudent(stack.student.id), localFolder);
    const checkpoint = await readCheckpoint(folders, projectName, stack.student.id);
    if (checkpoint === undefined) continue;
    if (checkpoint.resources.length + checkpoint.interrupted.length > 0) found.push(stack);
  }
  return found;
}
