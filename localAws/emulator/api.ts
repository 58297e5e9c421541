import { z } from "../../cli/json";

/** Something that an account of the emulator has and that somebody made. */
const resourceSchema = z.object({
  /** AWS's name of the service, e.g. `ec2`. */
  service: z.string(),
  /** E.g. `us-east-1`; `aws` for services without regions. */
  region: z.string(),
  /** E.g. `subnet`. */
  type: z.string(),
  id: z.string(),
});

export type EmulatorResource = z.output<typeof resourceSchema>;

/** The number of the latest change of what the clock acts on, of one account in one region; 0 for none. */
const changesSchema = z.object({
  accountId: z.string(),
  region: z.string(),
  scheduler: z.int(),
  autoscaling: z.int(),
  cloudwatch: z.int(),
});

export type Changes = z.output<typeof changesSchema>;

const healthSchema = z.object({
  /** New at every start, and with it everything in the emulator is new. */
  bootId: z.string(),
  /** Of the emulator's own sources. */
  version: z.string(),
  /** Accounts that somebody has called with. */
  accounts: z.array(z.string()),
  changes: z.array(changesSchema),
  /** The id of the clock that runs, if one does. */
  clock: z.string().nullable(),
});

export type EmulatorHealth = z.output<typeof healthSchema>;

/** The emulator's own API, beside AWS's. */
export interface EmulatorApi {
  /** @param clock the id of the clock that asks. */
  readonly health: (clock?: string) => Promise<EmulatorHealth>;
  /** What the account still has of what somebody made, in all regions, sorted. */
  readonly resources: (accountId: string) => Promise<readonly EmulatorResource[]>;
  /** Empties one account in all services and regions; the others do not notice. */
  readonly reset: (accountId: string) => Promise<void>;
  /** From now on AWS's calls with this access key are refused as expired, or as unknown; or no more. */
  readonly markKey: (accessKey: string, state: "expired" | "unknown" | "valid") => Promise<void>;
}

/** A call is answered at once, or not at all. */
const timeoutMilliseconds = 10_000;

/** @param endpoint e.g. `http://127.0.0.1:4577`. */
export function emulatorApi(endpoint: string): EmulatorApi {
  const ask = async <T>(method: "GET" | "POST", path: string, schema: z.ZodType<T>): Promise<T> => {
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    const response = await fetch(new URL(path, endpoint), { method, signal });
    if (!response.ok) throw new Error(`${method} ${path} at ${endpoint} answered ${response.status}`);
    return schema.parse(await response.json());
  };
  return {
    health: (clock) => {
      const query = clock === undefined ? "" : `?clock=${encodeURIComponent(clock)}`;
      return ask("GET", `/_local/health${query}`, healthSchema);
    },
    resources: (accountId) => ask("GET", `/_local/accounts/${accountId}/resources`, z.array(resourceSchema)),
    reset: async (accountId) => {
      await ask("POST", `/_local/accounts/${accountId}/reset`, z.object({}));
    },
    markKey: async (accessKey, state) => {
      await ask("POST", `/_local/keys/${accessKey}/${state}`, z.object({}));
    },
  };
}
