import { spawn } from "node:child_process";
import { once } from "node:events";

import { eventually } from "./eventually";
import { repository } from "./repositoryFiles";

/** Gives a program a terminal of 80 columns: its own standard output and error are the terminal's. */
const inTerminal = `
import fcntl, os, pty, struct, sys, termios
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
import select
typed = 0
while True:
    ready, _, _ = select.select([terminal] + ([0] if typed >= 0 else []), [], [])
    if terminal in ready:
        try:
            shown = os.read(terminal, 65536)
        except OSError:
            break
        if not shown:
            break
        os.write(1, shown)
    if 0 in ready:
        keys = os.read(0, 65536)
        if keys:
            os.write(terminal, keys)
        else:
            typed = -1
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

/** A program at a terminal, with a user who types answers. */
export interface AtTerminal {
  /** Waits for the next question that has the text, and types the answer. */
  readonly answer: (question: RegExp, text: string) => Promise<void>;
  /** Waits for the end. @returns the exit status, and everything that the terminal showed */
  readonly ended: () => Promise<{ readonly status: number | null; readonly shown: string }>;
}

/** Starts a TypeScript program of this repository at a terminal. */
export function startAtTerminal(
  program: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): AtTerminal {
  const command = [process.execPath, "--require", "./nodeHooks/register.cjs", program, ...words];
  const child = spawn("python3", ["-c", inTerminal, ...command], {
    cwd: repository,
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, LC_ALL: "C.UTF-8", TERM: "dumb", ...environment },
  });
  const closed = once(child, "close");
  let shown = "";
  let answered = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => (shown += text));
  // A program that ended early takes no answer; its exit status shows it.
  child.stdin.on("error", () => undefined);
  return {
    answer: async (question, text) => {
      await eventually(`a question with ${question.source} in:\n${shown}`, () => {
        const match = question.exec(shown.slice(answered));
        if (match === null) return Promise.resolve(undefined);
        answered += match.index + match[0].length;
        return Promise.resolve(true);
      });
      child.stdin.write(`${text}\n`);
    },
    ended: async () => {
      await closed;
      return { status: child.exitCode, shown };
    },
  };
}
