import { z } from "../../cli/json";
import type { Report } from "../live/reports";
import { type World, worldSchema } from "../live/world";

/** A resource that a user created in an account of the emulator. */
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

/** The number of the latest change of each service that the clock watches, in one account and region; 0 for none. */
const changesSchema = z.object({
  accountId: z.string(),
  region: z.string(),
  scheduler: z.int(),
  autoscaling: z.int(),
  cloudwatch: z.int(),
});

export type Changes = z.output<typeof changesSchema>;

const healthSchema = z.object({
  /** A new one at every start: the emulator is then empty. */
  bootId: z.string(),
  /** The version of the emulator's sources. */
  version: z.string(),
  /** Accounts that made a call. */
  accounts: z.array(z.string()),
  changes: z.array(changesSchema),
  /** The id of the running clock; null without one. */
  clock: z.string().nullable(),
  /** Whether a live region runs the machines, see `localAws/live`. */
  live: z.boolean(),
  /** The seconds that a minute of CloudWatch takes in accounts with a pace of their own: `localAws/live/pace.ts`. */
  paces: z.record(z.string(), z.number()),
});

export type EmulatorHealth = z.output<typeof healthSchema>;

const sizesSchema = z.object({ min: z.int(), max: z.int(), desired: z.int() });

/** A group's bounds and the number of servers that it wants. */
export type Sizes = z.output<typeof sizesSchema>;

/** A firing of the clock: a schedule's call, a scheduled action, or scaling by a metric. */
const firingSchema = z.object({
  /** When it happened: ISO 8601, UTC. */
  at: z.iso.datetime({ offset: true }),
  region: z.string(),
  kind: z.enum(["schedule", "scheduledAction", "targetTracking"]),
  /** The schedule's, the action's or the policy's name. */
  name: z.string(),
  /** The Auto Scaling group whose size changed. */
  group: z.string().optional(),
  /** The ARN of a schedule's target. */
  target: z.string().optional(),
  /** The id of a function's invocation. */
  requestId: z.string().optional(),
  /** The alarm that caused scaling, and the metric's average then. */
  alarm: z.string().optional(),
  metric: z.number().optional(),
  from: sizesSchema.optional(),
  to: sizesSchema.optional(),
  /** `pending` while a called function still runs or waits for a retry. */
  outcome: z.enum(["pending", "succeeded", "failed"]),
  /** The result of a called function, or its error. */
  result: z.unknown().optional(),
  /** The reason when the target could not be called, or when Auto Scaling refused the change. */
  error: z.string().optional(),
});

export type Firing = z.output<typeof firingSchema>;

/** The instances that count in a group's metrics: those in service whose warm-up has ended. */
const measuredSchema = z.object({
  region: z.string(),
  group: z.string(),
  /** Since when each counts, by its id: epoch milliseconds. */
  since: z.record(z.string(), z.number()),
});

export type MeasuredInstances = z.output<typeof measuredSchema>;

/** A change of a group's size by Auto Scaling itself; sizes that are left out do not change. */
export interface Scaling {
  readonly region: string;
  readonly group: string;
  /** The scheduled action's or the policy's name. */
  readonly name: string;
  readonly sizes: Partial<Sizes>;
  /** The alarm that caused it, and the metric's average; left out for a scheduled action. */
  readonly alarm?: string;
  readonly metric?: number;
}

/** The emulator's own API, beside AWS's. */
export interface EmulatorApi {
  /** @param clock the id of the clock that asks. */
  readonly health: (clock?: string) => Promise<EmulatorHealth>;
  /** The resources that users created in the account, in all regions, sorted. */
  readonly resources: (accountId: string) => Promise<readonly EmulatorResource[]>;
  /** Empties one account in all services and regions, and no other account. */
  readonly reset: (accountId: string) => Promise<void>;
  /** The firings in the account, newest first. */
  readonly firings: (accountId: string) => Promise<readonly Firing[]>;
  /** The number of asynchronous invocations of functions in the account that have not ended. */
  readonly invocations: (accountId: string) => Promise<number>;
  /** Adds a firing. */
  readonly noteFiring: (accountId: string, firing: Omit<Firing, "at">) => Promise<void>;
  /** Changes a group's size and adds the firing. @returns the reason if Auto Scaling refuses. */
  readonly scale: (accountId: string, scaling: Scaling) => Promise<string | undefined>;
  /**
   * The state that the live region runs, after a change above the number `after`.
   *
   * @param live the id of the region: the request renews its lease.
   */
  readonly world: (request?: WorldRequest) => Promise<World>;
  /** Reports of the live region, in order. */
  readonly report: (reports: readonly Report[]) => Promise<void>;
  /** A live region begins: from now on states change when it reports them. */
  readonly attach: (id: string, budgetMiB?: number) => Promise<void>;
  /** A live region ends. Without this call its lease ends 30 seconds after its last request. */
  readonly detach: (id: string) => Promise<void>;
  /** The instances of each group of the account that count in its metrics. */
  readonly measured: (accountId: string) => Promise<readonly MeasuredInstances[]>;
  /** Sets how many seconds a minute of CloudWatch takes for the account's alarms and warm-ups. */
  readonly setPace: (accountId: string, secondsPerMinute: number) => Promise<void>;
  /** From now on AWS's calls with this access key are refused as expired or unknown, or are valid again. */
  readonly markKey: (accessKey: string, state: "expired" | "unknown" | "valid") => Promise<void>;
}

/** What {@link EmulatorApi.world} waits for: by default for nothing. */
export interface WorldRequest {
  readonly after?: number;
  readonly waitSeconds?: number;
  readonly live?: string;
}

/** The emulator answers every call of its own API at once, but a request for the world. */
const timeoutMilliseconds = 10_000;

/** @param endpoint e.g. `http://127.0.0.1:4577`. */
export function emulatorApi(endpoint: string): EmulatorApi {
  const ask = async <T>(
    method: "GET" | "POST",
    path: string,
    schema: z.ZodType<T>,
    body?: unknown,
    waitSeconds = 0,
  ): Promise<T> => {
    const signal = AbortSignal.timeout(timeoutMilliseconds + waitSeconds * 1000);
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(new URL(path, endpoint), { method, signal, ...content });
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
    firings: (accountId) => ask("GET", `/_local/accounts/${accountId}/firings`, z.array(firingSchema)),
    invocations: async (accountId) => {
      const answer = z.object({ running: z.int() });
      return (await ask("GET", `/_local/accounts/${accountId}/invocations`, answer)).running;
    },
    noteFiring: async (accountId, firing) => {
      await ask("POST", `/_local/accounts/${accountId}/firings`, z.object({}), firing);
    },
    scale: async (accountId, scaling) => {
      const refusal = z.object({ error: z.string().nullable() });
      const { error } = await ask("POST", `/_local/accounts/${accountId}/scalings`, refusal, scaling);
      return error ?? undefined;
    },
    world: ({ after, waitSeconds = 0, live } = {}) => {
      const query = new URLSearchParams({
        wait: String(waitSeconds),
        ...(after === undefined ? {} : { after: String(after) }),
        ...(live === undefined ? {} : { live }),
      });
      return ask("GET", `/_local/world?${query.toString()}`, worldSchema, undefined, waitSeconds);
    },
    report: async (reports) => {
      await ask("POST", "/_local/reports", z.object({}), reports);
    },
    attach: async (id, budgetMiB) => {
      await ask("POST", "/_local/live", z.object({}), { id, budgetMiB });
    },
    detach: async (id) => {
      await ask("POST", "/_local/live", z.object({}), { id, gone: true });
    },
    measured: (accountId) => ask("GET", `/_local/accounts/${accountId}/measured`, z.array(measuredSchema)),
    setPace: async (accountId, secondsPerMinute) => {
      await ask("POST", `/_local/accounts/${accountId}/pace`, z.object({}), { secondsPerMinute });
    },
    markKey: async (accessKey, state) => {
      await ask("POST", `/_local/keys/${accessKey}/${state}`, z.object({}));
    },
  };
}
