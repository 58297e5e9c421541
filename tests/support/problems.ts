import { InvalidSettingsError } from "../../components/settings/problem";
import { runUnderMocks } from "./mocks";

/**
 * What a program says is wrong with its arguments, as `path: value`, before it has registered anything.
 * @throws Error when it finds nothing wrong, or registers something first.
 */
export async function problemsOf(program: () => unknown): Promise<readonly string[]> {
  const errors: unknown[] = [];
  const { resources } = await runUnderMocks(() => {
    try {
      program();
    } catch (error) {
      errors.push(error);
    }
  });
  const [error] = errors;
  if (!(error instanceof InvalidSettingsError)) throw new Error("nothing was refused", { cause: error });
  if (resources.length > 0) throw new Error(`${String(resources.length)} resources were registered first`);
  return error.problems.map(({ path, value }) => `${path}: ${JSON.stringify(value)}`);
}
