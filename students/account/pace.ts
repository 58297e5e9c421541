import { setTimeout as delay } from "node:timers/promises";

/** Limits the requests to one account. */
export interface Pace {
  /** Does the work when its turn has come. */
  readonly run: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

export interface PaceLimits {
  /** Requests that start in a second. */
  readonly perSecond: number;
  /** Requests in progress at the same time. */
  readonly atOnce: number;
}

/**
 * AWS throttles each account and region. EC2's bucket for most Describe calls refills by 20 a second, that of Auto
 * Scaling, ELB and RDS by less; half of EC2's leaves room for the student's own console.
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
export const accountLimits: PaceLimits = { perSecond: 10, atOnce: 5 };

/** The emulator has no throttling. A few requests at once keep it busy. */
export const emulatorLimits: PaceLimits = { perSecond: 1_000, atOnce: 4 };

export function makePace({ perSecond, atOnce }: PaceLimits): Pace {
  const waiting: (() => void)[] = [];
  let running = 0;
  let nextStart = 0;
  const enter = async (): Promise<void> => {
    if (running >= atOnce) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    const now = performance.now();
    const start = Math.max(now, nextStart);
    nextStart = start + 1_000 / perSecond;
    if (start - now >= 1) await delay(start - now);
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return {
    run: async (work) => {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
