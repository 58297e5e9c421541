import type { Parameter } from "@aws-sdk/client-rds";
import type { ParameterGroupArgs, ParameterGroupState } from "@pulumi/aws/rds";
import type { input } from "@pulumi/aws/types";

import type { AwsClients } from "../clients";
import { unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { lowerCase } from "../spellings";
import { newTagList, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { updateTags } from "./tags";

/** A parameter group. Its id is its name. */
export const parameterGroup: ResourceType<ParameterGroupArgs> = {
  token: "aws:rds/parameterGroup:ParameterGroup",
  properties: {
    description: { replace: true, default: "Managed by Pulumi" },
    family: { required: true, replace: true },
    name: { replace: true, autoName: { maxLength: 255, lowerCase: true } },
    parameters: {
      set: true,
      nested: {
        applyMethod: { default: "immediate" },
        name: { required: true, spelling: lowerCase },
        value: { required: true },
      },
    },
    skipDestroy: { default: false, notReadable: true },
    tags: {},
  },
  async create(aws, inputs) {
    const from = reading<ParameterGroupArgs>(inputs);
    const DBParameterGroupName = from.requiredString("name");
    await (
      await aws.rds()
    ).createDBParameterGroup({
      DBParameterGroupName,
      DBParameterGroupFamily: from.requiredString("family"),
      Description: from.requiredString("description"),
      Tags: newTagList(inputs),
    });
    return { id: DBParameterGroupName };
  },
  async complete(aws, id, inputs) {
    await setParameters(aws, id, parametersOf(inputs));
  },
  async read(aws, id) {
    const rds = await aws.rds();
    const found = (
      await unlessGone(
        rds.describeDBParameterGroups({ DBParameterGroupName: id }),
        "DBParameterGroupNotFoundFault",
      )
    )?.DBParameterGroups?.[0];
    if (found === undefined) return undefined;
    // Without AWS's defaults.
    const settings = await rds.describeDBParameters({ DBParameterGroupName: id, Source: "user" });
    const { TagList } = await rds.listTagsForResource({ ResourceName: found.DBParameterGroupArn });
    return present({
      arn: found.DBParameterGroupArn,
      description: found.Description,
      family: found.DBParameterGroupFamily,
      name: found.DBParameterGroupName,
      parameters: (settings.Parameters ?? []).map(({ ParameterName, ParameterValue, ApplyMethod }) =>
        present({
          applyMethod: ApplyMethod,
          name: ParameterName,
          value: ParameterValue,
        } satisfies Known<input.rds.ParameterGroupParameter>),
      ),
      ...tagProperties(TagList),
    } satisfies Known<ParameterGroupState>);
  },
  async update(aws, change) {
    if (change.changed.has("parameters")) {
      const wanted = parametersOf(change.new);
      const kept = new Set(wanted.map(({ ParameterName }) => ParameterName));
      const removed = parametersOf(change.old).filter(({ ParameterName }) => !kept.has(ParameterName));
      const rds = await aws.rds();
      for (const Parameters of inTwenties(removed)) {
        await rds.resetDBParameterGroup({ DBParameterGroupName: change.id, Parameters });
      }
      await setParameters(aws, change.id, wanted);
    }
    await updateTags(aws, change);
  },
  async delete(aws, id, state) {
    if (reading<ParameterGroupArgs>(state).boolean("skipDestroy") === true) return;
    const rds = await aws.rds();
    await unlessGone(
      rds.deleteDBParameterGroup({ DBParameterGroupName: id }),
      "DBParameterGroupNotFoundFault",
    );
  },
};

async function setParameters(
  aws: AwsClients,
  DBParameterGroupName: string,
  parameters: readonly Parameter[],
): Promise<void> {
  const rds = await aws.rds();
  for (const Parameters of inTwenties(parameters)) {
    await rds.modifyDBParameterGroup({ DBParameterGroupName, Parameters });
  }
}

function parametersOf(properties: Properties): Parameter[] {
  const parameters = reading<ParameterGroupArgs>(properties).objects("parameters") ?? [];
  return parameters.map((each) => {
    const from = reading<input.rds.ParameterGroupParameter>(each);
    return {
      ParameterName: from.requiredString("name"),
      ParameterValue: from.requiredString("value"),
      ApplyMethod: from.string("applyMethod") === "pending-reboot" ? "pending-reboot" : "immediate",
    };
  });
}

/** RDS accepts twenty parameters per request. */
function inTwenties(parameters: readonly Parameter[]): Parameter[][] {
  const calls = Math.ceil(parameters.length / 20);
  return Array.from({ length: calls }, (_, call) => parameters.slice(20 * call, 20 * (call + 1)));
}
