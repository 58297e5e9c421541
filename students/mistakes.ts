import type { InvalidSettingsError } from "../components/settings/problem";
import type { ClassRun } from "./classRun";
import type { InvalidRosterError } from "./roster/entry";

/** All mistakes in a class's settings and its roster at once. Nothing was changed. */
export class ClassMistakesError extends Error {
  override readonly name = "ClassMistakesError";

  /** @param rest the students without mistakes: only policies can find more */
  constructor(
    errors: readonly (InvalidRosterError | InvalidSettingsError)[],
    readonly rest: ClassRun,
  ) {
    super(errors.map(({ message }) => message).join("\n"));
  }
}
