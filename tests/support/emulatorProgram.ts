/** {@link openEmulator} as another user: emulatorProgram.ts FOLDER ENVIRONMENT_FOLDER OWNER */
import { openEmulator } from "./localRun";

const [folder = "", environment = "", owner = ""] = process.argv.slice(2);

openEmulator(folder, environment, Number(owner)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
