import type { FunctionUrlArgs, FunctionUrlState } from "@pulumi/aws/lambda";

import { choice } from "../choice";
import { sent, unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";

const authorizationTypes = ["AWS_IAM", "NONE"] as const;
const invokeModes = ["BUFFERED", "RESPONSE_STREAM"] as const;

/** The URL of a function. Its id is the function's name. */
export const functionUrl: ResourceType<FunctionUrlArgs> = {
  token: "aws:lambda/functionUrl:FunctionUrl",
  properties: {
    authorizationType: { required: true },
    functionName: { required: true, replace: true },
    invokeMode: { default: "BUFFERED" },
  },
  check(inputs) {
    const from = reading<FunctionUrlArgs>(inputs);
    const type = from.requiredString("authorizationType");
    if (authorizationTypes.some((known) => known === type)) return [];
    return [{ property: "authorizationType", reason: `${type} - allowed: ${authorizationTypes.join(", ")}` }];
  },
  async create(aws, inputs) {
    const FunctionName = reading<FunctionUrlArgs>(inputs).requiredString("functionName");
    await (await aws.lambda()).createFunctionUrlConfig({ FunctionName, ...settingsOf(inputs) });
    return { id: FunctionName };
  },
  async read(aws, id) {
    const found = await unlessGone(
      (await aws.lambda()).getFunctionUrlConfig({ FunctionName: id }),
      "ResourceNotFoundException",
    );
    if (found === undefined) return undefined;
    const address = sent(found.FunctionUrl, "FunctionUrl");
    return present({
      authorizationType: found.AuthType,
      functionArn: found.FunctionArn,
      functionName: id,
      functionUrl: address,
      invokeMode: found.InvokeMode ?? "BUFFERED",
      urlId: new URL(address).hostname.split(".")[0],
    } satisfies Known<FunctionUrlState>);
  },
  async update(aws, { id, new: inputs }) {
    await (await aws.lambda()).updateFunctionUrlConfig({ FunctionName: id, ...settingsOf(inputs) });
  },
  async delete(aws, id) {
    await unlessGone(
      (await aws.lambda()).deleteFunctionUrlConfig({ FunctionName: id }),
      "ResourceNotFoundException",
    );
  },
};

function settingsOf(inputs: Properties) {
  const from = reading<FunctionUrlArgs>(inputs);
  return {
    AuthType: choice("authorizationType", authorizationTypes, from.requiredString("authorizationType")),
    InvokeMode: choice("invokeMode", invokeModes, from.string("invokeMode")),
  };
}
