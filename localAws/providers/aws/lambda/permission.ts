import type { PermissionArgs, PermissionState } from "@pulumi/aws/lambda";
import { z } from "zod";

import { choice } from "../choice";
import type { AwsClients } from "../clients";
import { unlessGone } from "../gone";
import { importedByPair } from "../importId";
import type { Properties, ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";

/** A statement of a function's resource policy. Its id is the statement's id; the state has the function. */
export const permission: ResourceType<PermissionArgs> = {
  token: "aws:lambda/permission:Permission",
  properties: {
    action: { required: true, replace: true },
    function: { required: true, replace: true },
    functionUrlAuthType: { replace: true },
    principal: { required: true, replace: true },
    qualifier: { replace: true },
    sourceAccount: { replace: true },
    sourceArn: { replace: true },
    statementId: { replace: true, autoName: { maxLength: 100 } },
  },
  async create(aws, inputs) {
    const from = reading<PermissionArgs>(inputs);
    const StatementId = from.requiredString("statementId");
    await (
      await aws.lambda()
    ).addPermission({
      Action: from.requiredString("action"),
      FunctionName: from.requiredString("function"),
      FunctionUrlAuthType: choice(
        "functionUrlAuthType",
        ["AWS_IAM", "NONE"],
        from.string("functionUrlAuthType"),
      ),
      Principal: from.requiredString("principal"),
      Qualifier: from.string("qualifier"),
      SourceAccount: from.string("sourceAccount"),
      SourceArn: from.string("sourceArn"),
      StatementId,
    });
    return { id: StatementId };
  },
  async read(aws, id, prior) {
    const found = (await statements(aws, prior)).find(({ Sid }) => Sid === id);
    if (found === undefined) return undefined;
    const from = reading<PermissionArgs>(prior);
    const { StringEquals: equals, ArnLike: like } = found.Condition ?? {};
    return present({
      action: found.Action,
      function: from.string("function"),
      functionUrlAuthType: equals?.["lambda:FunctionUrlAuthType"],
      principal: principalOf(found.Principal, from.string("principal")),
      qualifier: from.string("qualifier"),
      sourceAccount: equals?.["AWS:SourceAccount"],
      sourceArn: like?.["AWS:SourceArn"],
      statementId: id,
    } satisfies Known<PermissionState>);
  },
  /** Import id: `function/statement` or `function:qualifier/statement`. */
  imported: importedByPair("/", (name, id) => {
    const [called, qualifier] = name.split(":");
    return {
      id,
      prior: { function: called ?? name, ...(qualifier === undefined ? {} : { qualifier }) },
    };
  }),
  async delete(aws, id, state) {
    const from = reading<PermissionArgs>(state);
    await unlessGone(
      (await aws.lambda()).removePermission({
        FunctionName: from.requiredString("function"),
        Qualifier: from.string("qualifier"),
        StatementId: id,
      }),
      "ResourceNotFoundException",
    );
  },
};

const conditions = z.record(z.string(), z.string()).optional();

/** The part of a function's resource policy that contains its permissions. */
const resourcePolicy = z.object({
  Statement: z.array(
    z.object({
      Sid: z.string(),
      Action: z.string(),
      Principal: z.union([z.string(), z.record(z.string(), z.string())]),
      Condition: z.object({ StringEquals: conditions, ArnLike: conditions }).optional(),
    }),
  ),
});

type Statement = z.output<typeof resourcePolicy>["Statement"][number];

async function statements(aws: AwsClients, state: Properties): Promise<readonly Statement[]> {
  const from = reading<PermissionArgs>(state);
  const answer = await unlessGone(
    (await aws.lambda()).getPolicy({
      FunctionName: from.requiredString("function"),
      Qualifier: from.string("qualifier"),
    }),
    "ResourceNotFoundException",
  );
  if (answer?.Policy === undefined) return [];
  return resourcePolicy.parse(JSON.parse(answer.Policy)).Statement;
}

/** Lambda returns an account as the ARN of its root user, even if the program has the account id. */
function principalOf(principal: Statement["Principal"], given: string | undefined): string | undefined {
  const returned = typeof principal === "string" ? principal : Object.values(principal)[0];
  return returned !== undefined &&
    /^arn:[^:]+:iam::\d{12}:root$/.test(returned) &&
    returned.split(":")[4] === given
    ? given
    : returned;
}
