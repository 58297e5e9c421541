/** What the live region reports to the emulator: `POST /_local/reports` with a list. */

interface InPlace {
  readonly accountId: string;
  readonly region: string;
}

/** The health of a target in AWS's words: `describe-target-health` answers with it. */
export interface TargetHealth {
  readonly state: "initial" | "healthy" | "unhealthy" | "unused" | "draining" | "unavailable";
  /** E.g. `Target.ResponseCodeMismatch`; null when healthy. */
  readonly reason: string | null;
  readonly description: string | null;
}

export type Report = InPlace &
  (
    | {
        readonly kind: "instance";
        readonly id: string;
        readonly state: "running" | "stopped" | "terminated";
        /** The machine powered itself off: AWS's reason is `Client.InstanceInitiatedShutdown`. */
        readonly byItself?: boolean;
      }
    /** New text of the console, appended. */
    | { readonly kind: "console"; readonly id: string; readonly text: string }
    /** The instance status checks: `ok`, `impaired`, `initializing`. */
    | { readonly kind: "checks"; readonly id: string; readonly status: string }
    | {
        readonly kind: "image";
        readonly id: string;
        readonly state: "available" | "failed";
        readonly reason?: string;
      }
    | {
        readonly kind: "targets";
        readonly targetGroupArn: string;
        /** By the target's id. */
        readonly health: Readonly<Record<string, TargetHealth>>;
      }
    | { readonly kind: "loadBalancer"; readonly arn: string; readonly state: "active" | "failed" }
    | {
        readonly kind: "database";
        readonly id: string;
        readonly state: "available" | "stopped" | "deleted" | "failed";
        readonly reason?: string;
      }
    | { readonly kind: "databaseSnapshot"; readonly id: string; readonly state: "available" | "failed" }
    | {
        /**
         * Metrics as AWS sends them. A stack at the fast pace (`pace.ts`) has alarms with periods of 5 seconds, so send
         * values that do not wait for events at least that often. A metric of an instance has only the dimension
         * `InstanceId`; the emulator adds those of its image, type and group.
         */
        readonly kind: "metrics";
        readonly namespace: string;
        readonly data: readonly {
          readonly name: string;
          readonly dimensions: Readonly<Record<string, string>>;
          readonly value: number;
          readonly unit: string;
          readonly at: number;
          /** In seconds; 60 by default. */
          readonly storageResolution?: number;
        }[];
      }
  );
