import { spawn } from "node:child_process";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";

import { repository } from "./folders";

/** The file descriptor of the pipe for a program's result to {@link runInNamespaces}. */
export const resultPipe = 3;

interface Options {
  readonly program: string;
  readonly args: readonly string[];
  /** `own` has no interface but `lo`. */
  readonly network: "own" | "host";
  /** The cache's lock: it stays locked until the last process of the program has ended. */
  readonly lock: number;
}

interface Ended {
  readonly exitCode: number;
  /** What the program wrote to {@link resultPipe}. */
  readonly result: string;
}

/**
 * Runs a TypeScript program of the rig in separate mount and PID namespaces. The kernel removes its mounts and ends
 * all of its processes when the program ends, and also when this process ends, by `kill -9` too: then setpriv's
 * signal ends unshare, and unshare's signal ends the program, which is the init process of the PID namespace.
 */
export async function runInNamespaces({ program, args, network, lock }: Options): Promise<Ended> {
  const child = spawn(
    "setpriv",
    [
      ...["--pdeathsig", "KILL", "unshare", "--mount", "--propagation", "private"],
      ...["--pid", "--fork", "--kill-child", "--mount-proc"],
      ...(network === "own" ? ["--net"] : []),
      ...["node", "--require", require.resolve("../../../nodeHooks/register.cjs"), program, ...args],
    ],
    {
      cwd: repository,
      stdio: ["inherit", "inherit", "inherit", "pipe", lock],
      // The SDK would print in every run that its releases from 2027 need a later Node.js.
      env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    },
  );
  const pipe = child.stdio[resultPipe];
  if (!(pipe instanceof Readable)) throw new Error("The program's result has no pipe.");
  const [exitCode, result] = await Promise.all([
    new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => {
        resolve(code ?? 1);
      });
    }),
    text(pipe),
  ]);
  return { exitCode, result };
}
