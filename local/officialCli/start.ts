import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

/** The official CLI's surroundings, as far as it cannot bring them itself where downloads are closed. */
export interface OfficialCli {
  /** What the CLI is started with: a home of its own, this machine's providers and language host. */
  readonly environment: NodeJS.ProcessEnv;
  readonly close: () => void;
}

const nodeHooks = path.resolve(__dirname, "..", "..", "nodeHooks", "register.cjs");

/**
 * Starts the providers for an account of an emulator, and a language host, each in a process of its own as the CLI
 * does it.
 * @param given.home Pulumi's home.
 */
export async function startOfficialCli(given: {
  readonly home: string;
  readonly endpoint: string;
  readonly accountId: string;
}): Promise<OfficialCli> {
  const languageHost = serve("languageHost.ts", []);
  const providers = serve("providers.ts", [given.endpoint, given.accountId]);
  const close = () => {
    for (const child of [languageHost, providers]) child.kill();
  };
  try {
    const [languages, debugged] = await Promise.all([firstLineOf(languageHost), firstLineOf(providers)]);
    return {
      environment: {
        ...process.env,
        PULUMI_HOME: given.home,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DEBUG_LANGUAGES: `nodejs:${languages}`,
        PULUMI_DEBUG_PROVIDERS: debugged,
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function serve(script: string, words: readonly string[]): ChildProcess {
  return spawn(process.execPath, ["--require", nodeHooks, path.join(__dirname, script), ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** @throws Error when it ends before it has printed a line. */
async function firstLineOf(child: ChildProcess): Promise<string> {
  const { stdout } = child;
  if (stdout === null) throw new TypeError("a process without an output");
  const ended = once(child, "exit").then(() => {
    throw new Error(`${child.spawnargs.join(" ")} ended before it served`);
  });
  const words: readonly unknown[] = await Promise.race([
    once(createInterface({ input: stdout }), "line"),
    ended,
  ]);
  return String(words[0]);
}
