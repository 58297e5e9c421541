import { Failure } from "../../cli/failure";

/**
 * How many seconds a minute of CloudWatch takes for the alarms, target tracking and warm-up of a stack whose servers are
 * machines. `aws`: real time. `fast`: 12 times as fast; EC2 itself has no metric of less than a minute. Health checks,
 * grace periods and schedules always are in real time.
 */
export const paces = { aws: 60, fast: 5 } as const;

export type Pace = keyof typeof paces;

/** For the end of a run. */
export const paceTexts: Readonly<Record<Pace, string>> = {
  aws: "Alarms and target tracking take AWS's minutes.",
  fast: "Alarms, target tracking and warm-ups are 12 times as fast as AWS's; `emulator:pace: aws` is AWS's pace.",
};

const namespace = "emulator:";
const key = `${namespace}pace`;

/**
 * The pace in a stack's file: the key `emulator:pace`, which only `npm run local` reads.
 * @param fileName e.g. `Pulumi.local.yaml`
 * @throws Failure for another value, and for another key that begins with `emulator:`.
 */
export function paceIn(config: Readonly<Record<string, unknown>>, fileName: string): Pace {
  const unknown = Object.keys(config).filter((each) => each.startsWith(namespace) && each !== key);
  if (unknown.length > 0) {
    throw new Failure(
      `${fileName} has ${unknown.join(", ")}, which nothing reads.`,
      `The only key of the emulator is ${key}: remove the others, or correct their spelling.`,
    );
  }
  const value = config[key] ?? "aws";
  if (value === "aws" || value === "fast") return value;
  throw new Failure(
    `${fileName}: ${key} is ${JSON.stringify(value)}.`,
    "Allowed: aws, fast. The default is aws.",
  );
}
