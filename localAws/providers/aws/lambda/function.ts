import type { FunctionArgs } from "@pulumi/aws/lambda";

import type { AwsClients } from "../clients";
import { unlessGone } from "../gone";
import type { Change, Properties, PropertyValue, ResourceType } from "../resourceType";
import { newTagMap, tagChange, tagMap } from "../tags";
import { reading } from "../values";
import { deploymentPackage } from "./deploymentPackage";
import { checkFunction } from "./functionCheck";
import { functionProperties } from "./functionProperties";
import { readFunction, unreserved } from "./functionRead";
import { architecturesOf, configurationOf } from "./functionSettings";

/** A function. Its id is its name. */
export const lambdaFunction: ResourceType<FunctionArgs> = {
  token: "aws:lambda/function:Function",
  properties: functionProperties,
  renewedBy: (changed) => [
    "lastModified",
    ...(["code", "sourceCodeHash"].some((name) => changed.has(name)) ? ["codeSha256", "sourceCodeSize"] : []),
  ],
  check: checkFunction,
  async create(aws, inputs) {
    const name = reading<FunctionArgs>(inputs).requiredString("name");
    await (
      await aws.lambda()
    ).createFunction({
      ...configurationOf(inputs),
      Architectures: architecturesOf(inputs),
      Code: { ZipFile: deploymentPackage(codeOf(inputs)) },
      FunctionName: name,
      PackageType: "Zip",
      Publish: reading<FunctionArgs>(inputs).boolean("publish"),
      Tags: newTagMap(inputs),
    });
    return { id: name };
  },
  async complete(aws, id, inputs) {
    const lambda = await aws.lambda();
    await lambda.waitUntilFunctionActiveV2(
      { FunctionName: id },
      { maxWaitTime: 600, minDelay: 1, maxDelay: 5 },
    );
    await setConcurrency(aws, id, inputs);
  },
  read: readFunction,
  async update(aws, change) {
    const { id, old, new: inputs, changed } = change;
    const lambda = await aws.lambda();
    // One after another: Lambda refuses an update while another one is in progress.
    if ([...changed].some((name) => !elsewhere.has(name))) {
      await lambda.updateFunctionConfiguration({ ...configurationOf(inputs), FunctionName: id });
      await untilUpdated(aws, id);
    }
    await updateCode(aws, change);
    if (changed.has("reservedConcurrentExecutions")) await setConcurrency(aws, id, inputs);
    const Resource = reading<{ arn: string }>(old).requiredString("arn");
    const { set, remove } = tagChange(old, inputs);
    if (remove.length > 0) await lambda.untagResource({ Resource, TagKeys: remove });
    if (set.length > 0) await lambda.tagResource({ Resource, Tags: tagMap(inputs) });
  },
  async delete(aws, id, state) {
    if (reading<FunctionArgs>(state).boolean("skipDestroy") === true) return;
    await unlessGone((await aws.lambda()).deleteFunction({ FunctionName: id }), "ResourceNotFoundException");
  },
};

/** Properties that UpdateFunctionConfiguration does not accept. */
const elsewhere: ReadonlySet<string> = new Set([
  "architectures",
  "code",
  "publish",
  "reservedConcurrentExecutions",
  "skipDestroy",
  "sourceCodeHash",
  "tags",
]);

async function updateCode(aws: AwsClients, { id, new: inputs, changed }: Change): Promise<void> {
  if (!["architectures", "code", "sourceCodeHash"].some((name) => changed.has(name))) return;
  await (
    await aws.lambda()
  ).updateFunctionCode({
    Architectures: architecturesOf(inputs),
    FunctionName: id,
    Publish: reading<FunctionArgs>(inputs).boolean("publish"),
    ZipFile: deploymentPackage(codeOf(inputs)),
  });
  await untilUpdated(aws, id);
}

async function setConcurrency(aws: AwsClients, FunctionName: string, inputs: Properties): Promise<void> {
  const reserved = reading<FunctionArgs>(inputs).number("reservedConcurrentExecutions") ?? unreserved;
  const lambda = await aws.lambda();
  await (reserved === unreserved
    ? lambda.deleteFunctionConcurrency({ FunctionName })
    : lambda.putFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions: reserved }));
}

async function untilUpdated(aws: AwsClients, FunctionName: string): Promise<void> {
  const lambda = await aws.lambda();
  await lambda.waitUntilFunctionUpdatedV2({ FunctionName }, { maxWaitTime: 600, minDelay: 1, maxDelay: 5 });
}

function codeOf(inputs: Properties): PropertyValue {
  return inputs["code"] ?? null;
}
