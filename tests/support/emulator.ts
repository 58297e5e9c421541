import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { startClock, stopClock } from "../../localAws/clock";
import { startEmulator, stopEmulator } from "../../localAws/emulator";

/** The configuration of an AWS SDK client for the emulator. */
export interface EmulatorClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

/** An emulator for one test file. */
export interface TestEmulator {
  readonly endpoint: string;
  /** For a client in the account with this 12-digit id. */
  readonly clientConfig: (accountId: string, region?: string) => EmulatorClientConfig;
  /** Stops it and deletes its state. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts an empty emulator on a free port. It ends with the tests' process at the latest.
 *
 * @param clock whether to start the clock, which fires schedules and scales groups by their metrics.
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
