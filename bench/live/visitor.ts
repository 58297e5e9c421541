import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const pauseMilliseconds = 100;
/** A visitor who waits longer reloads the page. */
const patienceMilliseconds = 10_000;

/** Visits a site all the time, each time with a new connection. */
export class Visitor {
  private firstError: number | undefined;
  private lastError: number | undefined;
  private stopped = false;
  private readonly ended: Promise<void>;

  constructor(private readonly site: string) {
    this.ended = this.run();
  }

  /** @returns the seconds from the first error to the last one; 0 without errors */
  async stop(): Promise<number> {
    this.stopped = true;
    await this.ended;
    return ((this.lastError ?? 0) - (this.firstError ?? 0)) / 1_000;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      void this.visit();
      await sleep(pauseMilliseconds);
    }
  }

  private async visit(): Promise<void> {
    const began = performance.now();
    if (await isServed(this.site)) return;
    this.firstError = Math.min(this.firstError ?? Infinity, began);
    this.lastError = Math.max(this.lastError ?? 0, began);
  }
}

async function isServed(site: string): Promise<boolean> {
  return await new Promise((resolve) => {
    get(site, { agent: false, timeout: patienceMilliseconds }, (answer) => {
      answer.once("end", () => {
        resolve(answer.statusCode === 200);
      });
      answer.resume();
    })
      .once("timeout", function (this: { destroy: () => void }) {
        this.destroy();
      })
      .once("close", () => {
        resolve(false);
      })
      // The connection's end counts as an error, too.
      .once("error", () => {
        resolve(false);
      });
  });
}
