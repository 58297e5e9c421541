import type { ParameterArgs, ParameterState } from "@pulumi/aws/ssm";

import { choice } from "../choice";
import type { AwsClients } from "../clients";
import { unlessGone } from "../gone";
import type { CheckFailure, Properties, ResourceType } from "../resourceType";
import { tagChange, tagList, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";

const types = ["SecureString", "String", "StringList"] as const;
const tiers = ["Advanced", "Intelligent-Tiering", "Standard"] as const;

/** A parameter. Its id is its name. */
export const parameter: ResourceType<ParameterArgs> = {
  token: "aws:ssm/parameter:Parameter",
  properties: {
    allowedPattern: {},
    dataType: { computed: true },
    description: {},
    insecureValue: {},
    keyId: { computed: true },
    name: { replace: true, autoName: { maxLength: 1011 } },
    overwrite: { default: false, notReadable: true },
    tags: {},
    tier: { computed: true },
    type: { required: true },
    value: { secret: true },
  },
  renewedBy: () => ["version"],
  check: checkParameter,
  async create(aws, inputs) {
    const from = reading<ParameterArgs>(inputs);
    const overwrite = from.boolean("overwrite") ?? false;
    // AWS accepts no tags for an existing parameter.
    await put(aws, inputs, overwrite, overwrite ? undefined : tagList(inputs));
    return { id: from.requiredString("name") };
  },
  async complete(aws, id, inputs) {
    const Tags = tagList(inputs);
    if (reading<ParameterArgs>(inputs).boolean("overwrite") !== true || Tags.length === 0) return;
    await (await aws.ssm()).addTagsToResource({ ResourceType: "Parameter", ResourceId: id, Tags });
  },
  async read(aws, id, prior) {
    const ssm = await aws.ssm();
    const answer = await unlessGone(
      ssm.getParameter({ Name: id, WithDecryption: true }),
      "ParameterNotFound",
    );
    const found = answer?.Parameter;
    if (found === undefined) return undefined;
    const { Parameters } = await ssm.describeParameters({
      ParameterFilters: [{ Key: "Name", Option: "Equals", Values: [id] }],
    });
    const about = Parameters?.[0];
    const { TagList } = await ssm.listTagsForResource({ ResourceType: "Parameter", ResourceId: id });
    const insecure = reading<ParameterArgs>(prior).string("insecureValue") !== undefined;
    return present({
      allowedPattern: about?.AllowedPattern,
      arn: found.ARN,
      dataType: found.DataType,
      description: about?.Description,
      insecureValue: insecure ? found.Value : undefined,
      keyId: about?.KeyId,
      name: found.Name,
      tier: about?.Tier ?? "Standard",
      type: found.Type,
      value: insecure ? undefined : found.Value,
      version: found.Version,
      ...tagProperties(TagList),
    } satisfies Known<ParameterState>);
  },
  async update(aws, { id, old, new: inputs, changed }) {
    const ssm = await aws.ssm();
    if ([...changed].some((name) => name !== "tags" && name !== "overwrite")) await put(aws, inputs, true);
    const { set, remove } = tagChange(old, inputs);
    const about = { ResourceType: "Parameter", ResourceId: id } as const;
    if (remove.length > 0) await ssm.removeTagsFromResource({ ...about, TagKeys: remove });
    if (set.length > 0) await ssm.addTagsToResource({ ...about, Tags: set });
  },
  async delete(aws, id) {
    await unlessGone((await aws.ssm()).deleteParameter({ Name: id }), "ParameterNotFound");
  },
};

async function put(
  aws: AwsClients,
  inputs: Properties,
  Overwrite: boolean,
  Tags?: ReturnType<typeof tagList>,
): Promise<void> {
  const from = reading<ParameterArgs>(inputs);
  await (
    await aws.ssm()
  ).putParameter({
    AllowedPattern: from.string("allowedPattern"),
    DataType: from.string("dataType"),
    Description: from.string("description") ?? "",
    KeyId: from.string("keyId"),
    Name: from.requiredString("name"),
    Overwrite,
    Tags,
    Tier: choice("tier", tiers, from.string("tier")),
    Type: choice("type", types, from.requiredString("type")),
    Value: from.string("value") ?? from.requiredString("insecureValue"),
  });
}

/** Values that Parameter Store refuses. Source: SSM API reference, PutParameter. */
function checkParameter(inputs: Properties): readonly CheckFailure[] {
  const from = reading<ParameterArgs>(inputs);
  const failures: CheckFailure[] = [];
  const type = from.requiredString("type");
  if (!types.some((known) => known === type)) {
    failures.push({ property: "type", reason: `${type} - allowed: ${types.join(", ")}` });
  }
  const insecure = from.string("insecureValue") !== undefined;
  if (insecure === (from.string("value") !== undefined)) {
    failures.push({ property: "value", reason: "set it or insecureValue, and only one of them" });
  }
  if (insecure && type === "SecureString") {
    failures.push({ property: "insecureValue", reason: "given, and type is SecureString; use value" });
  }
  return failures;
}
