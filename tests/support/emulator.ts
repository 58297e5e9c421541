import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { startClock, stopClock } from "../../localAws/clock";
import {
  type EmulatorApi,
  defaultFolder,
  emulatorApi,
  startEmulator,
  stopEmulator,
} from "../../localAws/emulator";

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
 * Starts an empty emulator on a free port. It ends with the tests' process at the latest. Spec files
 * call {@link useEmulator} instead.
 *
 * @param clock whether to start the clock, which fires schedules and scales groups by their metrics.
 */
export async function startTestEmulator({ clock = false } = {}): Promise<TestEmulator> {
  const folder = await mkdtemp(path.join(tmpdir(), "emulator-"));
  const { endpoint } = await startEmulator({
    port: 0,
    folder,
    environmentFolder: defaultFolder,
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

/** The emulator of a spec file, from its first hook to its last. */
export interface EmulatorInSpec extends Omit<TestEmulator, "stop"> {
  /** The emulator's own API, for example to reset an account. */
  readonly api: EmulatorApi;
  /** The 12 digits of an account that no other test uses. */
  readonly newAccountId: () => string;
}

let accounts = 0;

/**
 * Starts an emulator before the tests of the surrounding `describe`, and stops it after them, and after every other hook
 * of that `describe`.
 */
export function useEmulator(options: { readonly clock?: boolean } = {}): EmulatorInSpec {
  let running: TestEmulator | undefined;
  const started = () => {
    if (running === undefined) throw new Error("The emulator runs in tests and hooks only, not before them.");
    return running;
  };

  before(async function () {
    const emulator = await startTestEmulator(options);
    running = emulator;
    // Mocha runs hooks in the order of their definition, so this one must be defined last: what others started may still
    // ask the emulator until their own hooks end it.
    this.test?.parent?.afterAll("stops the emulator", () => emulator.stop());
  });

  return {
    get endpoint() {
      return started().endpoint;
    },
    get api() {
      return emulatorApi(started().endpoint);
    },
    clientConfig: (accountId, region) => started().clientConfig(accountId, region),
    newAccountId: () => {
      accounts += 1;
      return String(300_000_000_000 + accounts);
    },
  };
}
