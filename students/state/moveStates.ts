import type { ClassFolder } from "../classFolder";
import type { StudentStack } from "../settings/studentSettings";
import type { ClassState } from "./classState";
import { folderState } from "./folderState";

/**
 * Copies the states that earlier runs left in this machine's folder to the shared backend, with their records and
 * address ranges. The files stay as a backup. @returns the students with such a state
 */
export async function moveStates(
  { place, state }: { readonly place: ClassFolder; readonly state: ClassState },
  stacks: readonly StudentStack[],
): Promise<readonly StudentStack[]> {
  if (state.url === undefined) return [];
  const folder = folderState(place);
  const moved: StudentStack[] = [];
  const blocks = await folder.blocks();
  for (const stack of stacks) {
    const { id } = stack.student;
    if (!(await hasResources(folder, id))) continue;
    await state.importState(id, JSON.stringify(await folder.deployment(id)));
    const record = await folder.record(id);
    if (record !== undefined) await state.saveRecord(id, record);
    moved.push(stack);
  }
  if (moved.length > 0) {
    const ids = new Set(moved.map(({ student }) => student.id));
    await state.alone("moves address ranges", async () => {
      const own = [...blocks].filter(([id]) => ids.has(id));
      await state.saveBlocks(new Map([...(await state.blocks()), ...own]));
    });
  }
  return moved;
}

/** Whether the folder has a state with resources. */
export async function hasResources(
  folder: Pick<ReturnType<typeof folderState>, "checkpoint">,
  id: string,
): Promise<boolean> {
  return ((await folder.checkpoint(id))?.resources.length ?? 0) > 0;
}
