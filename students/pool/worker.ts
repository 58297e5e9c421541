import { fork, type ChildProcess } from "node:child_process";
import path from "node:path";

import { messageSchema, type Message, type Task } from "../work/task";

/** How the work on one stack ended. */
export type Ended = Exclude<Message, { readonly kind: "step" }>;

/** A process that does one task at a time. */
export interface Worker {
  /** @param onStep hears what it is doing. */
  readonly run: (task: Task, onStep: (text: string) => void) => Promise<Ended>;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Lets it end, once it has nothing to do. */
  readonly close: () => void;
}

/** Of what a process says beside its messages, the end is kept: where it says why it ended. */
const keptCharacters = 2_000;

/** A worker needs 120 MB when it is new and keeps 5 MB more of each stack; without a bound it would not tidy up. */
const heapMegabytes = 320;

const nodeHooks = path.join(__dirname, "../../nodeHooks/register.cjs");

/** Starts such a process, with the environment of this one. */
export function startWorker(): Worker {
  const child = fork(path.join(__dirname, "../work/worker.ts"), {
    execArgv: [`--max-old-space-size=${heapMegabytes}`, "--require", nodeHooks],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-keptCharacters);
    });
  }
  return {
    run: (task, onStep) => runIn(child, task, onStep, () => said),
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
  said: () => string,
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
        reason: `The process that worked on it ended (${how}).${lastLine(said())}`,
        remedy: "Run it again: what was finished is kept.",
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
  return last === "" ? "" : ` It said last: ${last}`;
}
