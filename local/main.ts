import "./pulumi/quickStart.cjs";

import { Console } from "node:console";
import path from "node:path";
import { createInterface } from "node:readline/promises";

import { parseCommandLine, usage, type Invocation } from "./commandLine";
import type { Context, Facts } from "./context";
import { Failure, messageOf } from "./failure";
import { foldersOf, type Folders } from "./folders";
import { exitStatusOf, listenForInterrupts } from "./interrupt";
import { loadCommand } from "./lazily.cjs";
import { screenOn } from "./ui/screen";
import { stepsOn } from "./ui/steps";

const ok = 0;
const failed = 1;
const misused = 2;

void main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<void> {
  // Standard output is for results alone, whatever a library has to say.
  globalThis.console = new Console(process.stderr, process.stderr);
  // The AWS SDK would warn that its releases of 2027 want a later Node: ours is pinned.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const parsed = parseCommandLine(words);
  switch (parsed.kind) {
    case "help":
      process.stdout.write(`${usage()}\n`);
      process.exitCode = ok;
      return;
    case "wrong":
      process.stderr.write(`${parsed.problems.join("\n")}\n\n${usage()}\n`);
      if (parsed.json) writeJson({ error: parsed.problems.join("; ") });
      process.exitCode = misused;
      return;
    case "run":
      exit(await run(parsed.invocation));
  }
}

/** Ends for good: Pulumi's connections to an engine that has gone would keep the process alive. */
function exit(status: number): void {
  process.stdout.write("", () => process.exit(status));
}

/** Does the command. @returns the exit status */
async function run(invocation: Invocation): Promise<number> {
  const { command, stack, json } = invocation;
  let facts: Partial<Facts> = {};
  const screen = screenOn(process.stderr);
  const interrupt = listenForInterrupts(screen.print);
  const context: Context = {
    invocation,
    folders: foldersFor(invocation),
    screen,
    steps: stepsOn(screen),
    interrupt,
    confirm: (question) => confirm(invocation, question),
    learn: (more) => {
      facts = { ...facts, ...more };
    },
    conclude: (text) => {
      if (!json) process.stdout.write(`${text}\n`);
    },
  };
  try {
    await loadCommand[command]()(context);
    if (json) writeJson({ command, stack, ...facts });
    return ok;
  } catch (error) {
    const stopped = interrupt.received();
    const message = stopped === undefined ? messageOf(error) : "stopped by the user";
    screen.print(explain(error, stopped));
    if (json) writeJson({ command, stack, ...facts, error: message });
    return stopped === undefined ? failed : (exitStatusOf[stopped] ?? failed);
  } finally {
    interrupt.stopListening();
  }
}

function foldersFor({ folder, settings }: Invocation): Folders {
  const repository = path.resolve(__dirname, "..");
  return foldersOf({
    repository,
    ...(folder === undefined ? {} : { local: path.resolve(folder) }),
    ...(settings === undefined ? {} : { project: path.resolve(settings) }),
  });
}

/** A failure is told in its own words; anything else is a fault of ours, and its trace helps to mend it. */
function explain(error: unknown, stopped: NodeJS.Signals | undefined): string {
  if (stopped !== undefined) return "Stopped. What was finished is kept; npm run local goes on from there.";
  if (error instanceof Failure) return `\n${error.problem}\n${error.remedy}`;
  process.setSourceMapsEnabled(true);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Only a person at a terminal is asked. */
async function confirm({ yes, json }: Invocation, question: string): Promise<boolean> {
  if (yes || json || !process.stdin.isTTY || !process.stderr.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

function writeJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}
