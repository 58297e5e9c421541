import type { GetParameterArgs, GetParameterResult } from "@pulumi/aws/ssm";

import { sent } from "../gone";
import type { FunctionType } from "../resourceType";
import { present, reading, type Known } from "../values";

/** A parameter of the account, or a public parameter of AWS. */
export const getParameter: FunctionType = {
  token: "aws:ssm/getParameter:getParameter",
  args: ["name", "withDecryption"],
  async invoke(aws, args) {
    const from = reading<GetParameterArgs>(args);
    const withDecryption = from.boolean("withDecryption") ?? true;
    const answer = await (
      await aws.ssm()
    ).getParameter({ Name: from.requiredString("name"), WithDecryption: withDecryption });
    const found = sent(answer.Parameter, "Parameter");
    const isSecret = found.Type === "SecureString";
    return present({
      arn: found.ARN,
      id: found.Name,
      insecureValue: isSecret ? "" : found.Value,
      name: found.Name,
      region: aws.region,
      type: found.Type,
      value: found.Value,
      version: found.Version,
      withDecryption,
    } satisfies Known<GetParameterResult>);
  },
};
