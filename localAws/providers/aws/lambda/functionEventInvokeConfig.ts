import type { DestinationConfig } from "@aws-sdk/client-lambda";
import type { FunctionEventInvokeConfigArgs, FunctionEventInvokeConfigState } from "@pulumi/aws/lambda";
import type { input } from "@pulumi/aws/types";

import type { AwsClients } from "../clients";
import { unlessGone } from "../gone";
import { outOfRange } from "../range";
import type { CheckFailure, Properties, ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";

type Args = FunctionEventInvokeConfigArgs;
type Destinations = input.lambda.FunctionEventInvokeConfigDestinationConfig;
type Destination = input.lambda.FunctionEventInvokeConfigDestinationConfigOnSuccess;

const destinationRule = { nested: { destination: { required: true } } } as const;

/** Retries and destinations of asynchronous invocations. Its id is the function's name. */
export const functionEventInvokeConfig: ResourceType<Args> = {
  token: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  properties: {
    destinationConfig: { nested: { onFailure: destinationRule, onSuccess: destinationRule } },
    functionName: { required: true, replace: true },
    maximumEventAgeInSeconds: {},
    maximumRetryAttempts: { default: 2 },
  },
  check: checkConfig,
  async create(aws, inputs) {
    await put(aws, inputs);
    return { id: reading<Args>(inputs).requiredString("functionName") };
  },
  async read(aws, id) {
    const found = await unlessGone(
      (await aws.lambda()).getFunctionEventInvokeConfig({ FunctionName: id }),
      "ResourceNotFoundException",
    );
    if (found === undefined) return undefined;
    return present({
      destinationConfig: destinations(found.DestinationConfig),
      functionName: id,
      maximumEventAgeInSeconds: found.MaximumEventAgeInSeconds,
      maximumRetryAttempts: found.MaximumRetryAttempts,
    } satisfies Known<FunctionEventInvokeConfigState>);
  },
  async update(aws, { new: inputs }) {
    // PutFunctionEventInvokeConfig replaces the whole configuration; UpdateFunctionEventInvokeConfig cannot remove settings.
    await put(aws, inputs);
  },
  async delete(aws, id) {
    await unlessGone(
      (await aws.lambda()).deleteFunctionEventInvokeConfig({ FunctionName: id }),
      "ResourceNotFoundException",
    );
  },
};

async function put(aws: AwsClients, inputs: Properties): Promise<void> {
  const from = reading<Args>(inputs);
  const block = from.object("destinationConfig");
  await (
    await aws.lambda()
  ).putFunctionEventInvokeConfig({
    DestinationConfig: block === undefined ? undefined : destinationsOf(block),
    FunctionName: from.requiredString("functionName"),
    MaximumEventAgeInSeconds: from.number("maximumEventAgeInSeconds"),
    MaximumRetryAttempts: from.number("maximumRetryAttempts"),
  });
}

function destinationsOf(block: Properties): DestinationConfig {
  const from = reading<Destinations>(block);
  const one = (name: keyof Destinations) => {
    const destination = from.object(name);
    return destination === undefined
      ? undefined
      : { Destination: reading<Destination>(destination).requiredString("destination") };
  };
  return { OnFailure: one("onFailure"), OnSuccess: one("onSuccess") };
}

function destinations(config: DestinationConfig | undefined): Properties | undefined {
  const one = (arn: string | undefined) => (arn === undefined ? undefined : { destination: arn });
  const block = present({
    onFailure: one(config?.OnFailure?.Destination),
    onSuccess: one(config?.OnSuccess?.Destination),
  } satisfies Known<Destinations>);
  return Object.keys(block).length === 0 ? undefined : block;
}

const ranges = [
  { name: "maximumEventAgeInSeconds", min: 60, max: 21_600, unit: "seconds" },
  { name: "maximumRetryAttempts", min: 0, max: 2, unit: "retries" },
] as const;

/** Values that Lambda refuses. Source: Lambda API reference, PutFunctionEventInvokeConfig. */
function checkConfig(inputs: Properties): readonly CheckFailure[] {
  const from = reading<Args>(inputs);
  return ranges.flatMap(({ name, ...range }) => outOfRange(name, from.number(name), range));
}
