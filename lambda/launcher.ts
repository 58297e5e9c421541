import type { Ec2 } from "./ec2";
import { IncompleteError } from "./failures";
import { launch, type LaunchResult } from "./launch";
import { report, type Counts, type Write } from "./report";
import { readRequest } from "./request";
import type { Settings } from "./settings";
import { sweep, type SweepResult } from "./sweep";

export type Result = LaunchResult | SweepResult;

/** What a launcher needs of the world. */
export interface World {
  /** @throws InvalidInputError when the function was deployed wrong. */
  readonly settings: () => Settings;
  readonly connect: (settings: Settings) => Ec2;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly write: Write;
}

/** One call: the event (read late, so that a wrong one is reported too) and the id that its retries share. */
export type Launcher = (event: () => unknown, requestId: string) => Promise<Result>;

/**
 * A launcher that reports every call in one line, with its metrics, and throws when anything was left undone.
 * The connection is kept from call to call.
 */
export function createLauncher({ settings: read, connect, clock, write }: World): Launcher {
  let connection: { readonly settings: Settings; readonly ec2: Ec2 } | undefined;
  const connected = () => {
    const settings = connection?.settings ?? read();
    connection ??= { settings, ec2: connect(settings) };
    return connection;
  };

  return async (event, requestId) => {
    const now = clock();
    let owner = "unknown";
    try {
      const { settings, ec2 } = connected();
      owner = settings.owner;
      const request = readRequest(event(), settings, { requestId, now });
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
  // What a result leaves undone is counted with the result.
  if (error instanceof IncompleteError) return;
  const { name, message } = error instanceof Error ? error : { name: "Unknown", message: String(error) };
  report(write, source, { Failed: 1 }, { level: "ERROR", requestId, error: name, message });
}
