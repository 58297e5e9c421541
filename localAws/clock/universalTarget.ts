import { z } from "../../cli/json";
import type { AwsClients } from "../providers/aws/clients";

/** The input's keys are those of the scheduler: RDS's `DBInstanceIdentifier` begins with `Db` there. */
const database = z.object({ DbInstanceIdentifier: z.string() });
const servers = z.object({ InstanceIds: z.array(z.string()) });
const groupSize = z.object({
  AutoScalingGroupName: z.string(),
  MinSize: z.int().optional(),
  MaxSize: z.int().optional(),
  DesiredCapacity: z.int().optional(),
});

type Call = (aws: AwsClients, input: unknown) => Promise<unknown>;

function call<Schema extends z.ZodType>(
  schema: Schema,
  make: (aws: AwsClients, input: z.output<Schema>) => Promise<unknown>,
): Call {
  return (aws, input) => {
    const parsed = schema.safeParse(input);
    if (parsed.success) return make(aws, parsed.data);
    throw new InvalidCall(`The target's input does not fit the call: ${z.prettifyError(parsed.error)}`);
  };
}

/** The calls of AWS's APIs that start and stop what costs money. */
const calls: Readonly<Record<string, Call>> = {
  "autoscaling:updateAutoScalingGroup": call(groupSize, async (aws, input) =>
    (await aws.autoScaling()).updateAutoScalingGroup(input),
  ),
  "ec2:startInstances": call(servers, async (aws, input) => (await aws.ec2()).startInstances(input)),
  "ec2:stopInstances": call(servers, async (aws, input) => (await aws.ec2()).stopInstances(input)),
  "rds:startDBInstance": call(database, async (aws, { DbInstanceIdentifier }) =>
    (await aws.rds()).startDBInstance({ DBInstanceIdentifier: DbInstanceIdentifier }),
  ),
  "rds:stopDBInstance": call(database, async (aws, { DbInstanceIdentifier }) =>
    (await aws.rds()).stopDBInstance({ DBInstanceIdentifier: DbInstanceIdentifier }),
  ),
};

/** A call that never succeeds: its input is wrong, or this clock does not know it. */
export class InvalidCall extends Error {
  override readonly name = "InvalidCall";
}

/** `rds:stopDBInstance` of `arn:aws:scheduler:::aws-sdk:rds:stopDBInstance`; undefined for another target. */
export function universalAction(arn: string): string | undefined {
  return /^arn:aws[a-z-]*:scheduler:::aws-sdk:([^:]+:[^:]+)$/.exec(arn)?.[1];
}

/**
 * Makes the call of a universal target of EventBridge Scheduler.
 * @throws InvalidCall; the SDK's own error when AWS refuses the call
 */
export async function callUniversalTarget(aws: AwsClients, action: string, input: string): Promise<void> {
  const make = calls[action];
  if (make === undefined) {
    throw new InvalidCall(`This clock makes the calls ${Object.keys(calls).join(", ")}, not ${action}`);
  }
  await make(aws, jsonIn(input));
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidCall(`The target's input is not JSON: ${text}`, { cause: error });
  }
}
