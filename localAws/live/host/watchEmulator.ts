import { get } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

import { parseJson, z } from "../../../cli/json";

const askMilliseconds = 500;
const timeoutMilliseconds = 10_000;
/** After this number of missed answers the emulator counts as ended, as for the clock. */
const patience = 4;

const healthSchema = z.object({ bootId: z.string() });

/** Calls `onChange` when another emulator answers at the address. Resolves when none answers any more, or `stop` does. */
export async function watchEmulator(
  endpoint: string,
  stop: AbortSignal,
  onChange: (bootId: string) => void,
): Promise<"ended" | "stopped"> {
  let bootId: string | undefined;
  let missed = 0;
  while (missed < patience) {
    const answer = await bootIdOf(endpoint);
    missed = answer === undefined ? missed + 1 : 0;
    if (answer !== undefined && bootId !== undefined && answer !== bootId) onChange(answer);
    bootId = answer ?? bootId;
    try {
      await sleep(askMilliseconds, undefined, { signal: stop });
    } catch (error) {
      if (stop.aborted) return "stopped";
      throw error;
    }
  }
  return "ended";
}

/** Undefined: nothing answers, or another program does. */
async function bootIdOf(endpoint: string): Promise<string | undefined> {
  try {
    const body = await new Promise<string>((resolve, reject) => {
      get(new URL("/_local/health", endpoint), { timeout: timeoutMilliseconds }, (response) => {
        text(response).then(resolve, reject);
      })
        .once("timeout", function (this: { destroy: () => void }) {
          this.destroy();
          reject(new Error("timeout"));
        })
        .once("error", reject);
    });
    return parseJson(healthSchema, body)?.bootId;
  } catch {
    // The connection was refused, or the emulator is too busy to answer: the watch counts the missed answers.
    return undefined;
  }
}
