import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";

import { z } from "../../../cli/json";
import { emulatorFolder } from "../../../engine/folders";
import { controlClient, type ControlClient } from "../../../localAws/live";
import { awsClients } from "../../../localAws/providers/aws/clients";
import { openLocalRun, succeeded, targetOf, type LocalRun } from "../../support/localRun";

/** A live stack in a folder of its own, driven as a user drives it: by `npm run local` and the AWS CLI. */
export interface LiveStack {
  readonly run: LocalRun;
  /** The site's address on loopback. */
  readonly site: string;
  readonly page: string;
  /** An output of the program. */
  readonly output: (name: string) => string;
  /** Calls the AWS CLI and parses its JSON. */
  readonly aws: <T>(schema: z.ZodType<T>, ...words: readonly string[]) => Promise<T>;
  /** Runs a command of `npm run local`. @returns its standard output */
  readonly local: (...words: readonly string[]) => Promise<string>;
  /** The servers of the target group with their health. */
  readonly targets: () => Promise<readonly Target[]>;
  /** The region's own API. */
  readonly control: ControlClient;
  readonly close: () => Promise<void>;
}

export interface Target {
  readonly id: string;
  readonly state: string;
  readonly reason: string;
}

const placesSchema = z.object({ site: z.string(), page: z.string() });

/** @param change edits the stack's settings before the first `up`. */
export async function openLiveStack(change: (run: LocalRun) => Promise<void>): Promise<LiveStack> {
  const run = await openLocalRun();
  try {
    await change(run);
    const ended = await run.run("up", "--live");
    const { outputs } = succeeded(ended);
    const { site, page } = placesSchema.parse(ended.facts);
    // The AWS CLI takes a second for each call: tests poll with the SDK.
    const clients = awsClients(targetOf(ended.facts));
    const output = (name: string): string => z.string().parse(outputs[name]);
    const through = async (...words: readonly string[]): Promise<string> => {
      const { status, stdout, stderr } = await run.through(words);
      expect(status, stderr).to.equal(0);
      return stdout;
    };
    const aws: LiveStack["aws"] = async (schema, ...words) =>
      schema.parse(JSON.parse(await through("aws", ...words, "--output", "json")));
    return {
      run,
      site,
      page,
      output,
      aws,
      local: through,
      targets: async () => {
        const answer = await (
          await clients.elbv2()
        ).describeTargetHealth({
          TargetGroupArn: output("targetGroupArn"),
        });
        return (answer.TargetHealthDescriptions ?? []).map(({ Target, TargetHealth }) => ({
          id: Target?.Id ?? "",
          state: TargetHealth?.State ?? "",
          reason: TargetHealth?.Reason ?? "",
        }));
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
): Promise<{ readonly value: T; readonly seconds: number }> {
  const started = performance.now();
  const elapsed = (): number => (performance.now() - started) / 1000;
  for (;;) {
    const value = await check();
    if (value !== undefined) return { value, seconds: elapsed() };
    if (elapsed() > seconds) throw new Error(`Not within ${seconds} s: ${what}`);
    await sleep(250);
  }
}
