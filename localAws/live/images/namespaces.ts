import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";

/** The file descriptor of the pipe for a program's result to {@link runInNamespaces}. */
export const resultPipe = 3;

const repository = resolve(__dirname, "../../..");

interface Options {
  readonly program: string;
  readonly args: readonly string[];
  /** `own` has no interface but `lo`. */
  readonly network: "own" | "host";
  /** The cache's lock: it stays locked until the last process of the program has ended. */
  readonly lock: number;
  /** Gets the lines that the program prints; default: they go to this process's output. */
  readonly onLine?: (line: string) => void;
}

interface Ended {
  readonly exitCode: number;
  /** What the program wrote to {@link resultPipe}. */
  readonly result: string;
}

/** An ordinary user gets a user namespace, in which the user is root and `/etc/subuid` gives the other users. */
export function userNamespaceOptions(uid: number | undefined): readonly string[] {
  return uid === 0 ? [] : ["--user", "--map-auto", "--map-root-user"];
}

/**
 * Runs a TypeScript program in separate mount and PID namespaces, as root or as an ordinary user. The kernel removes
 * its mounts and ends all of its processes when the program ends, and also when this process ends, by `kill -9` too:
 * then setpriv's signal ends unshare, and unshare's signal ends the program, which is the init process of the PID
 * namespace.
 */
export async function runInNamespaces({ program, args, network, lock, onLine }: Options): Promise<Ended> {
  const output = onLine === undefined ? "inherit" : "pipe";
  const child = spawn(
    "setpriv",
    [
      ...["--pdeathsig", "KILL", "unshare", ...userNamespaceOptions(process.getuid?.())],
      ...["--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc"],
      ...(network === "own" ? ["--net"] : []),
      ...[
        process.execPath,
        "--require",
        require.resolve("../../../nodeHooks/register.cjs"),
        program,
        ...args,
      ],
    ],
    {
      cwd: repository,
      stdio: ["inherit", output, output, "pipe", lock],
      // The SDK would print in every run that its releases from 2027 need a later Node.js.
      env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    },
  );
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null && onLine !== undefined) createInterface({ input: stream }).on("line", onLine);
  }
  const pipe = child.stdio[resultPipe];
  if (!(pipe instanceof Readable)) throw new Error("The program's result has no pipe.");
  const [exitCode, result] = await Promise.all([
    new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => {
        resolve(code ?? 1);
      });
    }),
    text(pipe),
  ]);
  return { exitCode, result };
}
