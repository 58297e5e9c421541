import { fork, type ChildProcess } from "node:child_process";
import path from "node:path";

import { messageSchema, type Message, type Task } from "../work/task";

/** The result of the work on one stack. */
export type Ended = Exclude<Message, { readonly kind: "step" }>;

/** A process that does one task at a time. */
export interface Worker {
  /** @param onStep receives each step. */
  readonly run: (task: Task, onStep: (text: string) => void) => Promise<Ended>;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Ends the process after its task. */
  readonly close: () => void;
}

/** How many of a process's last characters are kept: the end of the output has the reason for a crash. */
const keptCharacters = 2_000;

/** A worker starts with 120 MB and grows by 5 MB with each stack; the limit makes it free memory. */
const heapMegabytes = 320;

const nodeHooks = path.join(__dirname, "../../nodeHooks/register.cjs");

/** Starts such a process, with the environment of this one. */
export function startWorker(): Worker {
  const child = fork(path.join(__dirname, "../work/worker.ts"), {
    execArgv: [`--max-old-space-size=${heapMegabytes}`, "--require", nodeHooks],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-keptCharacters);
    });
  }
  return {
    run: (task, onStep) => runIn(child, task, onStep, () => output),
    signal: (name) => {
      child.kill(name);
    },
    close: () => {
      if (child.connected) child.disconnect();
    },
  };
}

function runIn(
  child: ChildProcess,
  task: Task,
  onStep: (text: string) => void,
  output: () => string,
): Promise<Ended> {
  return new Promise((resolve) => {
    const settle = (ended: Ended) => {
      child.off("message", onMessage).off("close", onClose).off("error", onError);
      resolve(ended);
    };
    const onMessage = (unparsed: unknown) => {
      const message = messageSchema.parse(unparsed);
      if (message.kind === "step") onStep(message.text);
      else settle(message);
    };
    const died = (how: string) => {
      settle({
        kind: "failed",
        reason: `The worker process ended (${how}).${lastLine(output())}`,
        remedy: "Run the command again: finished operations are kept.",
        report: {},
      });
    };
    const onClose = (status: number | null, signal: NodeJS.Signals | null) => {
      died(signal ?? `status ${status ?? "unknown"}`);
    };
    const onError = (error: Error) => {
      died(error.message);
    };
    child.on("message", onMessage).on("close", onClose).on("error", onError);
    child.send(task);
  });
}

function lastLine(text: string): string {
  const last = text.trimEnd().split("\n").at(-1) ?? "";
  return last === "" ? "" : ` Its last output: ${last}`;
}
