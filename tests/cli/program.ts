/** A program with a command for each way to end, for runCommand.spec.ts. */
import { once } from "node:events";

import { exitStatus } from "../../cli/commandProcess";
import { Failure, Misuse } from "../../cli/failure";
import { listenForInterrupts, type Interrupt } from "../../cli/interrupt";
import { commonOptions, readOptions } from "../../cli/options";
import { runCommand } from "../../cli/runCommand";

const options = { json: commonOptions.json, help: commonOptions.help, stack: { type: "string" } } as const;

async function end(how: string | undefined, interrupt: Interrupt): Promise<number> {
  switch (how) {
    case "failure":
      throw new Failure("The disk is full.", "Free some space.");
    case "defect":
      throw new TypeError("a defect");
    case "misuse":
      throw new Misuse(["id: given twice", "name: missing"]);
    case "foreign":
      throw new RangeError("class.csv, line 2: no id");
    case "status":
      return 7;
    case "wait": {
      const alive = setInterval(() => undefined, 1_000);
      process.stderr.write("waiting\n");
      await once(interrupt.signal, "abort");
      clearInterval(alive);
      throw new Error("aborted");
    }
    default:
      return exitStatus.ok;
  }
}

void runCommand({
  parse: (words) => {
    const { positionals, has, problems } = readOptions(words, options);
    if (has("help")) return { kind: "help" };
    if (problems.length > 0) return { kind: "wrong", problems, json: has("json") };
    return { kind: "run", invocation: { how: positionals[0], json: has("json") } };
  },
  usage: () => "usage: program",
  options,
  facts: { passed: false },
  listen: listenForInterrupts,
  folderOf: () => ".",
  perform: async ({ how }, { learn, conclude, interrupt }) => {
    learn({ how });
    console.log("a library's output");
    const status = await end(how, interrupt);
    learn({ passed: true });
    conclude("The result.");
    return status;
  },
  isMisuse: (error) => error instanceof RangeError,
});
