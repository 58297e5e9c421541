import program from "../../index";
import { runUnderMocks } from "./mocks";
import { stackConfig } from "./stackFile";

type Outputs = ReturnType<typeof program>;

const runs = new Map<string, ReturnType<typeof runUnderMocks<Outputs>>>();

/** The program under mocks with a shipped stack's settings. It runs once for all tests that only read its result. */
export function shippedRun(stack: string) {
  const run = runs.get(stack) ?? runUnderMocks(program, { config: stackConfig(stack), stack });
  runs.set(stack, run);
  return run;
}
