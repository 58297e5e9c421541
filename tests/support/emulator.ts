import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { startClock, stopClock } from "../../local/clock";
import { startEmulator, stopEmulator } from "../../local/emulator";

/** What an AWS SDK client takes to speak with the emulator. */
export interface EmulatorClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

/** An emulator of one test file's own. */
export interface TestEmulator {
  readonly endpoint: string;
  /** For a client in this account, by its 12 digits. */
  readonly clientConfig: (accountId: string, region?: string) => EmulatorClientConfig;
  /** Ends it; everything in it is gone. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts an emulator on a free port, with no accounts; it ends with the tests' process at the latest.
 *
 * @param clock whether time passes in it: schedules fire, groups follow their metric.
 */
export async function startTestEmulator({ clock = false } = {}): Promise<TestEmulator> {
  const folder = await mkdtemp(path.join(tmpdir(), "emulator-"));
  const { endpoint } = await startEmulator({
    port: 0,
    folder,
    endWithProcess: process.pid,
    report: () => undefined,
  });
  if (clock) await startClock({ endpoint, folder });
  return {
    endpoint,
    clientConfig: (accountId, region = "us-east-1") => ({
      endpoint,
      region,
      credentials: { accessKeyId: accountId, secretAccessKey: "any" },
      maxAttempts: 1,
    }),
    stop: async () => {
      if (clock) await stopClock(folder);
      await stopEmulator(folder);
      await rm(folder, { recursive: true });
    },
  };
}
