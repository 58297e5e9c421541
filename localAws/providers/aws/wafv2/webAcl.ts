import type { DefaultAction, WebACL } from "@aws-sdk/client-wafv2";
import type { WebAclArgs, WebAclState } from "@pulumi/aws/wafv2";

import { choice } from "../choice";
import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { newTagList, tagChange, tagProperties } from "../tags";
import { isObject, present, reading, type Known } from "../values";
import { rulesFrom, rulesTo, ruleProperties } from "./rules";
import { visibilityFrom, visibilityProperties, visibilityTo } from "./visibility";

const scopes = ["REGIONAL", "CLOUDFRONT"] as const;

/** A web ACL. Its id is AWS WAF's, which is unique only together with name and scope. */
export const webAcl: ResourceType<WebAclArgs> = {
  token: "aws:wafv2/webAcl:WebAcl",
  properties: {
    // An empty block (`allow: {}`) is a value here: `json` compares it as one.
    defaultAction: { required: true, json: true, nested: { allow: {}, block: {} } },
    description: {},
    name: { replace: true, autoName: { maxLength: 128 } },
    rules: { json: true, nested: ruleProperties },
    scope: { required: true, replace: true },
    tags: {},
    visibilityConfig: { required: true, nested: visibilityProperties },
  },
  check(inputs) {
    const rules = reading<WebAclArgs>(inputs).objects("rules") ?? [];
    const priorities = rules.map(({ priority }) => priority);
    if (new Set(priorities).size === priorities.length) return [];
    return [
      { property: "rules", reason: "two rules have the same priority - allowed: a different one each" },
    ];
  },
  async create(aws, inputs) {
    const from = reading<WebAclArgs>(inputs);
    const { Summary } = await (
      await aws.wafv2()
    ).createWebACL({
      ...contentOf(inputs),
      Name: from.requiredString("name"),
      Scope: scopeOf(inputs),
      Tags: newTagList(inputs),
    });
    return { id: sent(Summary?.Id, "Summary.Id") };
  },
  async read(aws, id, prior) {
    const { acl } = (await find(aws, id, prior)) ?? {};
    if (acl === undefined) return undefined;
    const { TagInfoForResource } = await (await aws.wafv2()).listTagsForResource({ ResourceARN: acl.ARN });
    return present({
      arn: acl.ARN,
      capacity: acl.Capacity,
      defaultAction: acl.DefaultAction?.Block === undefined ? { allow: {} } : { block: {} },
      description: acl.Description,
      name: acl.Name,
      rules: rulesFrom(acl.Rules ?? [], reading<WebAclArgs>(prior).objects("rules") ?? []),
      scope: reading<WebAclArgs>(prior).requiredString("scope"),
      visibilityConfig: visibilityFrom(acl.VisibilityConfig),
      ...tagProperties(TagInfoForResource?.TagList),
    } satisfies Known<WebAclState>);
  },
  // The official provider's form of an id to import: the parts that AWS needs.
  imported(_aws, given) {
    const [id, name, scope] = given.split("/");
    if (id === undefined || name === undefined || scope === undefined) return Promise.resolve(undefined);
    return Promise.resolve({ id, prior: { name, scope } });
  },
  async update(aws, { id, old, new: inputs, changed }) {
    const wafv2 = await aws.wafv2();
    if ([...changed].some((name) => name !== "tags")) {
      const found = await find(aws, id, old);
      await wafv2.updateWebACL({
        ...contentOf(inputs),
        ...identityOf(id, old),
        LockToken: sent(found?.lockToken, "LockToken"),
      });
    }
    const ResourceARN = reading<WebAclState>(old).requiredString("arn");
    const { set, remove } = tagChange(old, inputs);
    if (remove.length > 0) await wafv2.untagResource({ ResourceARN, TagKeys: remove });
    if (set.length > 0) await wafv2.tagResource({ ResourceARN, Tags: set });
  },
  async delete(aws, id, state) {
    const found = await find(aws, id, state);
    if (found === undefined) return;
    await unlessGone(
      (await aws.wafv2()).deleteWebACL({ ...identityOf(id, state), LockToken: found.lockToken }),
      "WAFNonexistentItemException",
    );
  },
};

function contentOf(inputs: Properties) {
  const from = reading<WebAclArgs>(inputs);
  return {
    DefaultAction: defaultActionOf(inputs),
    Description: from.string("description"),
    Rules: rulesTo(from.objects("rules") ?? []),
    VisibilityConfig: visibilityTo(from.object("visibilityConfig") ?? {}),
  };
}

function defaultActionOf({ defaultAction }: Properties): DefaultAction {
  const blocks =
    defaultAction !== undefined && isObject(defaultAction) && defaultAction["block"] !== undefined;
  return blocks ? { Block: {} } : { Allow: {} };
}

function scopeOf(properties: Properties): (typeof scopes)[number] {
  const from = reading<WebAclArgs>(properties);
  return sent(choice("scope", scopes, from.requiredString("scope")), "scope");
}

const identityOf = (Id: string, properties: Properties) => ({
  Id,
  Name: reading<WebAclArgs>(properties).requiredString("name"),
  Scope: scopeOf(properties),
});

/** With the token that an update needs: AWS refuses an old one. */
async function find(
  aws: AwsClients,
  id: string,
  properties: Properties,
): Promise<{ readonly acl: WebACL; readonly lockToken: string } | undefined> {
  const found = await unlessGone(
    (await aws.wafv2()).getWebACL(identityOf(id, properties)),
    "WAFNonexistentItemException",
  );
  if (found?.WebACL === undefined) return undefined;
  return { acl: found.WebACL, lockToken: sent(found.LockToken, "LockToken") };
}
