import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

/** The providers and the language host that Pulumi's CLI needs but cannot download where downloads are closed. */
export interface OfficialCli {
  /** The CLI's environment: a home of its own, the local providers and the language host. */
  readonly environment: NodeJS.ProcessEnv;
  readonly close: () => void;
}

const nodeHooks = path.resolve(__dirname, "..", "..", "nodeHooks", "register.cjs");

/** A language host in a process of its own. */
export interface LanguageHost {
  /** The value for the engine's `PULUMI_DEBUG_LANGUAGES`. */
  readonly debugLanguages: string;
  readonly close: () => void;
}

/** Starts the language host that runs this repository's program and policy packs. */
export async function startLanguageHost(): Promise<LanguageHost> {
  const child = serve("languageHost.ts", []);
  const close = () => {
    child.kill();
  };
  try {
    return { debugLanguages: `nodejs:${await firstLineOf(child)}`, close };
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * Starts the providers for an account of an emulator, and a language host, each in a process of its own, as the CLI does.
 * @param given.home Pulumi's home.
 */
export async function startOfficialCli(given: {
  readonly home: string;
  readonly endpoint: string;
  readonly accountId: string;
}): Promise<OfficialCli> {
  const providers = serve("providers.ts", [given.endpoint, given.accountId]);
  const starting = startLanguageHost();
  const close = () => {
    providers.kill();
    // A language host that did not start has already ended.
    void starting.then(
      (host) => {
        host.close();
      },
      () => undefined,
    );
  };
  try {
    const [{ debugLanguages }, debugged] = await Promise.all([starting, firstLineOf(providers)]);
    return {
      environment: {
        ...process.env,
        PULUMI_HOME: given.home,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DEBUG_LANGUAGES: debugLanguages,
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

/** @throws Error when it ends before it prints a line. */
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
