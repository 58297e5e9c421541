import type { ClassRun } from "../classRun";
import { mapLimited } from "../pool/mapLimited";
import type { StudentStack } from "../settings/studentSettings";

/** The students whose stacks have resources or an interrupted creation. */
export async function withStack({ stacks, state }: ClassRun): Promise<readonly StudentStack[]> {
  const checkpoints = await mapLimited(stacks, ({ student }) => state.checkpoint(student.id));
  return stacks.filter((_, index) => {
    const { resources = [], interrupted = [] } = checkpoints[index] ?? {};
    return resources.length + interrupted.length > 0;
  });
}
