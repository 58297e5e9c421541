import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";

import { z } from "../../../cli/json";
import { emulatorFolder } from "../../../engine/folders";
import { awsCliEnvironment, ensureAwsCli } from "../../../localAws/emulator";
import { controlClient, type ControlClient } from "../../../localAws/live";
import { run as runCommand } from "../../../localAws/live/command";
import { awsClients } from "../../../localAws/providers/aws/clients";
import type { Identity } from "../../localAws/live/support/identity";
import { openLocalRun, succeeded, targetOf, type Ended, type LocalRun } from "../../support/localRun";

/** A live stack in a folder of its own, driven as a user drives it: by `npm run local` and the AWS CLI. */
export interface LiveStack {
  readonly name: string;
  readonly run: LocalRun;
  /** The site's address on loopback, as the last `up` printed it: a new host process may find another free port. */
  readonly site: string;
  readonly page: string;
  /** An output of the program. */
  readonly output: (name: string) => string;
  /** Calls the AWS CLI and parses its JSON. */
  readonly aws: <T>(schema: z.ZodType<T>, ...words: readonly string[]) => Promise<T>;
  /** Calls the AWS CLI. */
  readonly change: (...words: readonly string[]) => Promise<void>;
  /** Runs a command of `npm run local`. @returns its standard output */
  readonly local: (...words: readonly string[]) => Promise<string>;
  /** Updates the stack to its settings. */
  readonly up: () => Promise<Ended>;
  /** Destroys the stack, which must leave nothing. */
  readonly down: () => Promise<void>;
  /** The servers of the target group with their health. */
  readonly targets: () => Promise<readonly Target[]>;
  /** The ids of the servers of the target group that are healthy. */
  readonly healthy: () => Promise<readonly string[]>;
  /** Waits until the target group has so many servers, and all of them are healthy. */
  readonly untilHealthy: (count: number, seconds: number) => Promise<Waited<readonly string[]>>;
  /** Gets a page of the site through the door. */
  readonly visit: (path?: string) => Promise<{ readonly status: number; readonly text: string }>;
  /** The region's own API. */
  readonly control: ControlClient;
  readonly close: () => Promise<void>;
}

export interface Target {
  readonly id: string;
  readonly state: string;
  readonly reason: string;
}

/** What a test waited for, and how long. */
export interface Waited<T> {
  readonly value: T;
  readonly seconds: number;
}

const placesSchema = z.object({ site: z.string(), page: z.string() });
/** A server that is starved of CPU still answers. */
const visitMilliseconds = 30_000;

export interface LiveStackOptions {
  readonly identity: Identity;
  /** Default: `local`. */
  readonly stack?: string;
  /** Edits the stack's settings before the first `up`. */
  readonly change?: (run: LocalRun) => Promise<void>;
}

/**
 * Makes the stack `local` keep two servers: an idle group would end one while a test looks at both.
 *
 * @param setting another setting of the fleet, as a line of YAML
 */
export function keepingTwoServers(setting: string): (run: LocalRun) => Promise<void> {
  return (run) => run.change("local", "capacity: { min: 1,", `${setting}\n    capacity: { min: 2,`);
}

export async function openLiveStack(options: LiveStackOptions): Promise<LiveStack> {
  const { identity, stack: name = "local", change = () => Promise.resolve() } = options;
  const run = await openLocalRun(identity);
  try {
    await change(run);
    const stack = ["--stack", name];
    const ended = await run.run("up", "--live", ...stack);
    const { outputs } = succeeded(ended);
    let { site } = placesSchema.parse(ended.facts);
    const { page } = placesSchema.parse(ended.facts);
    const target = targetOf(ended.facts);
    // The AWS CLI takes a second for each call: tests poll with the SDK.
    const clients = awsClients(target);
    const cli = await ensureAwsCli({ report: () => undefined });
    const aws = async (...words: readonly string[]): Promise<string> =>
      await runCommand(
        [cli.command, ...cli.words, "--endpoint-url", target.endpoint, ...words, "--output", "json"],
        { environment: awsCliEnvironment(process.env, target) },
      );
    const output = (key: string): string => z.string().parse(outputs[key]);
    const targets: LiveStack["targets"] = async () => {
      const answer = await (
        await clients.elbv2()
      ).describeTargetHealth({ TargetGroupArn: output("targetGroupArn") });
      return (answer.TargetHealthDescriptions ?? []).map(({ Target, TargetHealth }) => ({
        id: Target?.Id ?? "",
        state: TargetHealth?.State ?? "",
        reason: TargetHealth?.Reason ?? "",
      }));
    };
    const healthy = async (): Promise<readonly string[]> =>
      (await targets()).filter(({ state }) => state === "healthy").map(({ id }) => id);
    return {
      name,
      run,
      get site() {
        return site;
      },
      page,
      output,
      aws: async (schema, ...words) => schema.parse(JSON.parse(await aws(...words))),
      change: async (...words) => {
        await aws(...words);
      },
      local: async (...words) => {
        const { status, stdout, stderr } = await run.through([...stack, ...words]);
        expect(status, stderr).to.equal(0);
        return stdout;
      },
      up: async () => {
        const again = await run.run("up", ...stack);
        site = again.facts.site ?? site;
        return again;
      },
      down: async () => {
        const { status, facts, stderr } = await run.run("down", "--yes", ...stack);
        expect(status, stderr).to.equal(0);
        expect(facts.left).to.deep.equal([]);
      },
      targets,
      healthy,
      untilHealthy: (count, seconds) =>
        within(seconds, `${count} healthy servers`, async () => {
          const all = await targets();
          const isSo = all.length === count && all.every(({ state }) => state === "healthy");
          return isSo ? all.map(({ id }) => id) : undefined;
        }),
      visit: async (path = "/") => {
        const answer = await fetch(new URL(path, site), { signal: AbortSignal.timeout(visitMilliseconds) });
        return { status: answer.status, text: await answer.text() };
      },
      control: controlClient(emulatorFolder(run.folders)),
      close: () => run.close(),
    };
  } catch (error) {
    await run.close();
    throw error;
  }
}

/**
 * Waits until the check returns a value other than undefined.
 *
 * @returns the value, and the seconds that it took
 */
export async function within<T>(
  seconds: number,
  what: string,
  check: () => Promise<T | undefined>,
): Promise<Waited<T>> {
  const started = performance.now();
  const elapsed = (): number => (performance.now() - started) / 1000;
  for (;;) {
    const value = await check();
    if (value !== undefined) return { value, seconds: elapsed() };
    if (elapsed() > seconds) throw new Error(`Not within ${seconds} s: ${what}`);
    await sleep(250);
  }
}
