import { InvalidSettingsError } from "../../components/settings/problem";
import { runUnderMocks } from "./mocks";

/**
 * The problems that a program reports about its arguments, as `path: value`.
 * @throws Error if it reports none, or registers a resource before.
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
  if (!(error instanceof InvalidSettingsError))
    throw new Error("the program reported no problem", { cause: error });
  if (resources.length > 0) throw new Error(`${String(resources.length)} resources were registered before`);
  return error.problems.map(({ path, value }) => `${path}: ${JSON.stringify(value)}`);
}
