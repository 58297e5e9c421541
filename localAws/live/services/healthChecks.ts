import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

import { messageOf } from "../../../cli/failure";
import { z } from "../../../cli/json";
import { awsClients } from "../../providers/aws/clients";
import { paces } from "../pace";
import type { Part, PartContext } from "../region/part";
import { repeat, type Repeated } from "../repeat";
import type { World } from "../world";

export interface HealthChecksOptions {
  readonly context: Pick<PartContext, "endpoint" | "report" | "log">;
  /** The addresses of a name on the internet. */
  readonly resolve: (name: string) => readonly string[];
}

/** What Route 53 requests. Checks of other types (TCP, calculated, of alarms) do not run here. */
const checkSchema = z.object({
  Id: z.string(),
  HealthCheckConfig: z.object({
    Type: z.enum(["HTTP", "HTTPS"]),
    FullyQualifiedDomainName: z.string(),
    Port: z.int().nullish(),
    ResourcePath: z.string().nullish(),
    RequestInterval: z.int().nullish(),
    FailureThreshold: z.int().nullish(),
    Disabled: z.boolean().nullish(),
    Inverted: z.boolean().nullish(),
  }),
});

type Check = z.output<typeof checkSchema>;

/** How a check is doing. */
export interface CheckState {
  readonly healthy: boolean;
  /** Results in a row that contradict `healthy`. */
  readonly contrary: number;
}

/** Route 53 sends the metrics of all its health checks here. */
const region = "us-east-1";
const tickMilliseconds = paces.fast * 1000;
/** Route 53 waits so long for a connection, and so long for the answer after it. */
const answerMilliseconds = 6_000;

/** A new check counts as healthy until its requests prove otherwise. */
const newCheck: CheckState = { healthy: true, contrary: 0 };

/** The state after one more request: it changes after the threshold of results in a row. */
export function afterResult(state: CheckState, succeeded: boolean, threshold: number): CheckState {
  if (state.healthy === succeeded) return { healthy: state.healthy, contrary: 0 };
  const contrary = state.contrary + 1;
  return contrary >= threshold ? { healthy: succeeded, contrary: 0 } : { healthy: state.healthy, contrary };
}

/** Route 53's health checks: they request the site as visitors do, from the internet, and report its status. */
export class HealthChecks implements Part {
  readonly name = "healthChecks";
  private accounts: readonly string[] = [];
  private readonly states = new Map<string, CheckState>();
  private readonly requested = new Map<string, number>();
  private readonly running: Repeated;

  constructor(private readonly options: HealthChecksOptions) {
    this.running = repeat(
      tickMilliseconds,
      () => this.tick(),
      (error) => {
        options.context.log(`health checks: ${messageOf(error)}`);
      },
    );
  }

  reconcile({ places }: World): Promise<void> {
    const withSites = places.filter(({ loadBalancers }) => loadBalancers.length > 0);
    this.accounts = [...new Set(withSites.map(({ accountId }) => accountId))];
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    await this.running.stop();
  }

  private async tick(): Promise<void> {
    for (const accountId of this.accounts) {
      for (const check of await this.checksOf(accountId)) await this.run(accountId, check);
    }
  }

  private async checksOf(accountId: string): Promise<readonly Check[]> {
    const { endpoint } = this.options.context;
    const route53 = await awsClients({ endpoint, region, accountId }).route53();
    const { HealthChecks: checks = [] } = await route53.listHealthChecks({});
    return checks.flatMap((check) => checkSchema.safeParse(check).data ?? []);
  }

  private async run(accountId: string, { Id, HealthCheckConfig: config }: Check): Promise<void> {
    const now = Date.now();
    const interval = (config.RequestInterval ?? 30) * 1000;
    if (config.Disabled !== true && now - (this.requested.get(Id) ?? -Infinity) >= interval) {
      this.requested.set(Id, now);
      const succeeded = await this.succeeds(config);
      this.states.set(
        Id,
        afterResult(this.states.get(Id) ?? newCheck, succeeded, config.FailureThreshold ?? 3),
      );
    }
    // A disabled check counts as healthy.
    const { healthy } = config.Disabled === true ? newCheck : (this.states.get(Id) ?? newCheck);
    const status = healthy === (config.Inverted !== true) ? 1 : 0;
    this.options.context.report({
      kind: "metrics",
      accountId,
      region,
      namespace: "AWS/Route53",
      data: [
        { name: "HealthCheckStatus", value: status, unit: "None" },
        { name: "HealthCheckPercentageHealthy", value: status * 100, unit: "Percent" },
      ].map((datum) => ({
        ...datum,
        dimensions: { HealthCheckId: Id },
        at: Date.now(),
        storageResolution: 60,
      })),
    });
  }

  /** Whether the site answers with a status of 2xx or 3xx. Route 53 does not check certificates. */
  private succeeds(config: Check["HealthCheckConfig"]): Promise<boolean> {
    const { Type, FullyQualifiedDomainName: name, Port, ResourcePath } = config;
    const [address] = this.options.resolve(name);
    if (address === undefined) return Promise.resolve(false);
    const secure = Type === "HTTPS";
    const target = {
      host: address,
      port: Port ?? (secure ? 443 : 80),
      path: ResourcePath ?? "/",
      headers: { host: name, "user-agent": "Amazon-Route53-Health-Check-Service" },
      signal: AbortSignal.timeout(answerMilliseconds),
      agent: false as const,
    };
    return new Promise((resolve) => {
      const sent = secure
        ? httpsRequest({ ...target, servername: name, rejectUnauthorized: false })
        : httpRequest(target);
      sent.once("response", (response) => {
        response.resume();
        resolve((response.statusCode ?? 500) < 400);
      });
      // No connection, no answer in time: the check has failed.
      sent.once("error", () => {
        resolve(false);
      });
      sent.end();
    });
  }
}
