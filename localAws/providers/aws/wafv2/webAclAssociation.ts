import type { WebAclAssociationArgs, WebAclAssociationState } from "@pulumi/aws/wafv2";

import { unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";

/** The web ACL of a load balancer. Its id is the ARNs of both, with a comma. */
export const webAclAssociation: ResourceType<WebAclAssociationArgs> = {
  token: "aws:wafv2/webAclAssociation:WebAclAssociation",
  properties: {
    resourceArn: { required: true, replace: true },
    webAclArn: { required: true, replace: true },
  },
  async create(aws, inputs) {
    const { resourceArn, webAclArn } = endsOf(inputs);
    await (await aws.wafv2()).associateWebACL({ ResourceArn: resourceArn, WebACLArn: webAclArn });
    return { id: `${webAclArn},${resourceArn}` };
  },
  async read(aws, id) {
    const [webAclArn, resourceArn] = id.split(",");
    const found = await unlessGone(
      (await aws.wafv2()).getWebACLForResource({ ResourceArn: resourceArn }),
      "WAFNonexistentItemException",
    );
    // The load balancer may have another web ACL now.
    if (resourceArn === undefined || found?.WebACL?.ARN !== webAclArn) return undefined;
    return present({ resourceArn, webAclArn } satisfies Known<WebAclAssociationState>);
  },
  async delete(aws, id, state) {
    // A replacement may already have given the load balancer another web ACL, which must stay.
    if ((await this.read(aws, id, state)) === undefined) return;
    const { resourceArn } = endsOf(state);
    await unlessGone(
      (await aws.wafv2()).disassociateWebACL({ ResourceArn: resourceArn }),
      "WAFNonexistentItemException",
    );
  },
};

function endsOf(properties: Properties) {
  const from = reading<WebAclAssociationArgs>(properties);
  return {
    resourceArn: from.requiredString("resourceArn"),
    webAclArn: from.requiredString("webAclArn"),
  };
}
