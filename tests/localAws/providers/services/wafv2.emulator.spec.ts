import { expect } from "chai";
import { z } from "zod";

import { planWebAclRules } from "../../../../components/wordpressFleet/webAclRules";
import { loadBalancer } from "../../../../localAws/providers/aws/elasticloadbalancing/loadBalancer";
import { logGroup } from "../../../../localAws/providers/aws/logs/logGroup";
import { webAcl } from "../../../../localAws/providers/aws/wafv2/webAcl";
import { webAclAssociation } from "../../../../localAws/providers/aws/wafv2/webAclAssociation";
import { webAclLoggingConfiguration } from "../../../../localAws/providers/aws/wafv2/webAclLoggingConfiguration";
import { rejectionOf } from "../../../support/rejection";
import { emulatedAccount } from "./emulated";
import { change, driftOf, end, expectInStep, make, preview, problemsOf, textIn, type Kept } from "./life";
import { defaultSubnets, securityGroup } from "./network";

const visibility = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: true,
});

/** The fleet's own rules, as property values. */
const rulesIn = (mode: "count" | "block") =>
  z
    .array(z.record(z.string(), z.json()))
    .parse(planWebAclRules({ mode, loginRequestsPerFiveMinutes: 100, logRetentionDays: 30 }));

const inputs = {
  defaultAction: { allow: {} },
  description: "Requests to the site",
  rules: rulesIn("count"),
  scope: "REGIONAL",
  tags: { Name: "site" },
  visibilityConfig: visibility("site"),
};

describe("AWS WAF types on the emulator", () => {
  const account = emulatedAccount();
  let balancer: Kept;

  before(async () => {
    const { aws } = account;
    const [first, second] = await defaultSubnets(aws);
    balancer = await make(aws, loadBalancer, {
      subnets: [first, second],
      securityGroups: [await securityGroup(aws, "front")],
    });
  });

  it("manage a web ACL", async () => {
    const { aws } = account;
    const made = await make(aws, webAcl, inputs);
    expect(textIn(made, "arn")).to.match(/:regional\/webacl\/thing-[0-9a-f]{7}\//);
    await expectInStep(aws, made);
    const blocking = await change(aws, made, { ...inputs, rules: rulesIn("block"), tags: { Team: "web" } });
    await expectInStep(aws, blocking);
    const bare = await change(aws, blocking, {
      defaultAction: { block: {} },
      scope: "REGIONAL",
      visibilityConfig: visibility("other"),
    });
    await expectInStep(aws, bare);
    expect(preview(bare, { ...inputs, name: "other", scope: "CLOUDFRONT" }).replaced).to.deep.equal([
      "name",
      "scope",
    ]);
    await end(aws, bare);
  });

  it("show a change of mode, and drift", async () => {
    const { aws } = account;
    const made = await make(aws, webAcl, inputs);
    expect(preview(made, { ...inputs, rules: rulesIn("block") }).changed).to.deep.equal(["rules"]);
    expect(preview(made, { ...inputs, defaultAction: { block: {} } }).changed).to.deep.equal([
      "defaultAction",
    ]);
    const wafv2 = await aws.wafv2();
    const identity = { Id: made.id, Name: textIn(made, "name"), Scope: "REGIONAL" } as const;
    const { WebACL: found, LockToken } = await wafv2.getWebACL(identity);
    await wafv2.updateWebACL({
      ...identity,
      DefaultAction: { Block: {} },
      LockToken,
      Rules: found?.Rules?.slice(1),
      VisibilityConfig: found?.VisibilityConfig,
    });
    expect(await driftOf(aws, made)).to.deep.equal(["defaultAction", "description", "rules"]);
    await end(aws, await change(aws, made, inputs));
  });

  it("manage the log of a web ACL", async () => {
    const { aws } = account;
    const acl = await make(aws, webAcl, inputs);
    const group = await make(aws, logGroup, { name: "aws-waf-logs-site" });
    const given = {
      logDestinationConfigs: [textIn(group, "arn")],
      loggingFilter: {
        defaultBehavior: "DROP",
        filters: [
          {
            behavior: "KEEP",
            conditions: [{ actionCondition: { action: "COUNT" } }, { actionCondition: { action: "BLOCK" } }],
            requirement: "MEETS_ANY",
          },
        ],
      },
      redactedFields: [{ singleHeader: { name: "cookie" } }, { queryString: {} }],
      resourceArn: textIn(acl, "arn"),
    };
    const made = await make(aws, webAclLoggingConfiguration, given);
    await expectInStep(aws, made);
    expect(
      preview(made, { ...given, redactedFields: [{ singleHeader: { name: "cookie" } }, { uriPath: {} }] })
        .changed,
    ).to.deep.equal(["redactedFields"]);
    const all = { logDestinationConfigs: given.logDestinationConfigs, resourceArn: given.resourceArn };
    const changed = await change(aws, made, all);
    await expectInStep(aws, changed);
    await end(aws, changed);
    await end(aws, acl);
    await end(aws, group);
  });

  it("manage the web ACL of a load balancer, which cannot be deleted before", async () => {
    const { aws } = account;
    const resourceArn = textIn(balancer, "arn");
    const acl = await make(aws, webAcl, inputs);
    const made = await make(aws, webAclAssociation, { resourceArn, webAclArn: textIn(acl, "arn") });
    await expectInStep(aws, made);
    expect(await rejectionOf(webAcl.delete(aws, acl.id, acl.state))).to.contain("associated");

    // The load balancer has one web ACL: another one takes its place, and stays when the former is removed.
    const other = await make(aws, webAcl, { ...inputs, name: "other" });
    const replaced = await make(aws, webAclAssociation, { resourceArn, webAclArn: textIn(other, "arn") });
    await end(aws, made);
    await expectInStep(aws, replaced);
    await end(aws, acl);
    await end(aws, replaced);
    await end(aws, other);
  });

  it("lose their load balancer when it is deleted", async () => {
    const { aws } = account;
    const [first, second] = await defaultSubnets(aws);
    const made = await make(aws, loadBalancer, { name: "short-lived", subnets: [first, second] });
    const acl = await make(aws, webAcl, inputs);
    const webAclArn = textIn(acl, "arn");
    const both = await make(aws, webAclAssociation, { resourceArn: textIn(made, "arn"), webAclArn });
    await end(aws, made);
    await end(aws, both);
    await end(aws, acl);
  });

  it("refuse what AWS refuses", async () => {
    const { aws } = account;
    const [rule = {}] = rulesIn("count");
    const twice = { ...inputs, rules: [rule, { ...rule, name: "twin" }] };
    expect(problemsOf(webAcl, twice).map(({ property }) => property)).to.deep.equal(["rules"]);
    const destination = "arn:aws:logs:us-east-1:123456789012:log-group:site";
    expect(
      problemsOf(webAclLoggingConfiguration, {
        logDestinationConfigs: [destination],
        resourceArn: "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/site/1",
      }),
    ).to.have.length(1);

    const acl = await make(aws, webAcl, inputs);
    const wafv2 = await aws.wafv2();
    expect(
      await rejectionOf(
        wafv2.putLoggingConfiguration({
          LoggingConfiguration: { LogDestinationConfigs: [destination], ResourceArn: textIn(acl, "arn") },
        }),
      ),
    ).to.contain("LOG_DESTINATION");
    expect(
      await rejectionOf(
        wafv2.associateWebACL({
          ResourceArn: `${textIn(balancer, "arn")}0`,
          WebACLArn: textIn(acl, "arn"),
        }),
      ),
    ).to.contain("retrieve the resource");
    await end(aws, acl);
  });
});
