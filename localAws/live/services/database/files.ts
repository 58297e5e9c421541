import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";

import { run, waitFor } from "../../command";

/** Copies a folder with its owners; on a file system that can, without copying the content. */
export async function copyFolder(from: string, to: string): Promise<void> {
  const unfinished = `${to}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  await run(["cp", "--archive", "--reflink=auto", "--sparse=always", from, unfinished]);
  rmSync(to, { recursive: true, force: true });
  renameSync(unfinished, to);
}

const pauseSeconds = 10;

/** Stops a process and waits until each thread has left the kernel: then none of its writes is half done. */
export async function pause(pid: number): Promise<void> {
  process.kill(pid, "SIGSTOP");
  await waitFor(`process ${pid} pauses`, pauseSeconds, () => {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.every((thread) => stateOf(`/proc/${pid}/task/${thread}/stat`) === "T") ? true : undefined;
  });
}

/** The state's letter; the name before it in parentheses may contain any character. */
function stateOf(file: string): string | undefined {
  const text = readFileSync(file, "utf8");
  return text.slice(text.lastIndexOf(")") + 2)[0];
}

export function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}

/** The text of a growing file from a position on; the whole text when the file has become shorter. */
export function readFrom(file: string, position: number): string {
  if (!existsSync(file)) return "";
  const open = openSync(file, "r");
  try {
    const { size } = fstatSync(open);
    const from = size < position ? 0 : position;
    const buffer = Buffer.alloc(size - from);
    return buffer.toString("utf8", 0, readSync(open, buffer, 0, buffer.length, from));
  } finally {
    closeSync(open);
  }
}
