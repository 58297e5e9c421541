import type { Ec2 } from "./ec2";
import { IncompleteError } from "./failures";
import { launch, type LaunchResult } from "./launch";
import { report, type Counts, type Write } from "./report";
import { readRequest } from "./request";
import type { Settings } from "./settings";
import { sweep, type SweepResult } from "./sweep";

export type Result = LaunchResult | SweepResult;

/** Everything outside the launcher that it uses. */
export interface LauncherOptions {
  /** @throws InvalidInputError if an environment variable of the function is wrong. */
  readonly settings: () => Settings;
  readonly connect: (settings: Settings, timeLimit: AbortSignal) => Ec2;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly write: Write;
}

/** One invocation of the function. */
export interface Invocation {
  /** Lambda's retries of an event have the same id. */
  readonly requestId: string;
  /** Aborts shortly before the function's time ends. */
  readonly timeLimit: AbortSignal;
}

/** Takes the event as a function, so that the report includes an event that cannot be read. */
export type Launcher = (event: () => unknown, invocation: Invocation) => Promise<Result>;

/** A launcher that reports every invocation in one line with its metrics, and throws if anything failed. */
export function createLauncher({ settings: read, connect, clock, write }: LauncherOptions): Launcher {
  let settings: Settings | undefined;

  return async (event, { requestId, timeLimit }) => {
    const now = clock();
    let owner = "unknown";
    try {
      settings ??= read();
      owner = settings.owner;
      const request = readRequest(event(), settings, { requestId, now });
      const ec2 = connect(settings, timeLimit);
      const result =
        request.action === "sweep" ? await sweep(ec2, now) : await launch(ec2, request, settings, now);
      report(write, { owner, now }, countsOf(result), {
        level: result.failures.length === 0 ? "INFO" : "ERROR",
        requestId,
        request,
        result,
      });
      if (result.failures.length > 0) throw new IncompleteError(result.failures);
      return result;
    } catch (error) {
      reportFailure(write, { owner, now }, requestId, error);
      throw error;
    }
  };
}

function countsOf(result: Result): Counts {
  const Failed = result.failures.length;
  if (result.outcome === "swept") return { Ended: result.endedIds.length, Failed };
  const Launched = result.outcome === "launched" ? result.serverIds.length : 0;
  return { Launched, Skipped: result.outcome === "skipped" ? 1 : 0, Failed };
}

function reportFailure(
  write: Write,
  source: { readonly owner: string; readonly now: number },
  requestId: string,
  error: unknown,
): void {
  // The result's own report has counted its failures.
  if (error instanceof IncompleteError) return;
  const { name, message } = error instanceof Error ? error : { name: "Unknown", message: String(error) };
  report(write, source, { Failed: 1 }, { level: "ERROR", requestId, error: name, message });
}
