import { expect } from "chai";
import { z } from "zod";

import { fleetSettings } from "../../../components/wordpressFleet/settings";
import { planWebAclRules, webAclRuleCount } from "../../../components/wordpressFleet/webAclRules";
import { all, only } from "../../support/mocks";
import { runFleet } from "./fleet";

const webAcl = "aws:wafv2/webAcl:WebAcl";
const association = "aws:wafv2/webAclAssociation:WebAclAssociation";
const logging = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";

const webAclArn = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/site-waf";

const settings = { mode: "count", loginRequestsPerFiveMinutes: 100, logRetentionDays: 30 } as const;
const counting = planWebAclRules(settings);
const blocking = planWebAclRules({ ...settings, mode: "block" });

describe("the web application firewall", () => {
  it("is not created by default", async () => {
    const run = await runFleet();
    for (const type of [webAcl, association, logging, logGroup]) expect(all(run, type)).to.deep.equal([]);
  });

  it("is before the load balancer, and allows what no rule blocks", async () => {
    const run = await runFleet({ waf: {} });
    expect(only(run, webAcl).inputs).to.deep.include({ scope: "REGIONAL", defaultAction: { allow: {} } });
    expect(only(run, association).inputs).to.deep.equal({
      resourceArn: "arn:aws:elasticloadbalancing:us-east-1:123456789012:app/site-alb",
      webAclArn,
    });
  });

  it("logs only blocked and counted requests, to a group with a name that AWS WAF accepts and a retention", async () => {
    const run = await runFleet({ waf: { logRetentionDays: 7 } });
    const group = only(run, logGroup);
    expect(group.name).to.match(/^aws-waf-logs-/);
    expect(group.inputs).to.deep.include({ retentionInDays: 7 });
    const { inputs } = only(run, logging);
    expect(inputs).to.deep.include({
      resourceArn: webAclArn,
      logDestinationConfigs: [`arn:aws:logs:us-east-1:123456789012:log-group:${group.name}`],
    });
    expect(inputs["loggingFilter"]).to.deep.equal({
      defaultBehavior: "DROP",
      filters: [
        {
          behavior: "KEEP",
          requirement: "MEETS_ANY",
          conditions: [
            { actionCondition: { action: "BLOCK" } },
            { actionCondition: { action: "COUNT" } },
            { actionCondition: { action: "EXCLUDED_AS_COUNT" } },
          ],
        },
      ],
    });
  });

  it("logs no cookie, no password and no key for a new password", async () => {
    const { inputs } = only(await runFleet({ waf: {} }), logging);
    expect(inputs["redactedFields"]).to.deep.equal([
      { singleHeader: { name: "authorization" } },
      { singleHeader: { name: "cookie" } },
      { queryString: {} },
    ]);
  });

  it("only counts until it is set to block", () => {
    const [limit, ...groups] = counting;
    expect(limit?.action).to.deep.equal({ count: {} });
    for (const { overrideAction } of groups) expect(overrideAction).to.deep.equal({ count: {} });
  });

  it("blocks by all rules in mode block", () => {
    const [limit, ...groups] = blocking;
    expect(limit?.action).to.deep.equal({ block: {} });
    for (const { overrideAction } of groups) expect(overrideAction).to.deep.equal({ none: {} });
  });

  it("never blocks by the content of a body, which authors write", () => {
    const counted = JSON.stringify(blocking).match(/"name":"\w+_BODY","actionToUse":\{"count":\{\}\}/g);
    expect(counted).to.have.length(10);
  });

  it("has rules of different names and priorities, as many as the cost counts", () => {
    expect(counting).to.have.length(webAclRuleCount);
    for (const key of ["name", "priority"] as const) {
      expect(new Set(counting.map((rule) => rule[key])).size, key).to.equal(webAclRuleCount);
    }
  });

  const pattern = () => {
    const found = /"regexString":("(?:[^"\\]|\\.)*")/.exec(JSON.stringify(counting))?.[1];
    return new RegExp(z.string().parse(JSON.parse(found ?? '"missing"')));
  };
  for (const path of ["/wp-login.php", "/xmlrpc.php", "/wp-login.php/any", "/wp-login.php/"]) {
    it(`limits requests to ${path}`, () => {
      expect(path).to.match(pattern());
    });
  }
  for (const path of ["/", "/wp-login.php5", "/wp-login-php", "/a/wp-login.php", "/about-wp-login.php"]) {
    it(`does not limit requests to ${path}`, () => {
      expect(path).not.to.match(pattern());
    });
  }
  it("compares the path as nginx does: decoded, without // and ..", () => {
    expect(JSON.stringify(counting)).to.contain(
      '"textTransformations":[{"priority":0,"type":"URL_DECODE"},{"priority":1,"type":"NORMALIZE_PATH"}]',
    );
  });

  it("has the limit of the settings", () => {
    expect(JSON.stringify(planWebAclRules({ ...settings, loginRequestsPerFiveMinutes: 10 }))).to.contain(
      '"evaluationWindowSec":300,"limit":10',
    );
  });

  it("refuses settings that AWS refuses, all at once", () => {
    const waf = { mode: "deny", loginRequestsPerFiveMinutes: 9, logRetentionDays: 2 };
    const issues = fleetSettings.safeParse({ waf }).error?.issues ?? [];
    expect(issues.map(({ path }) => path.join("."))).to.have.members(
      Object.keys(waf).map((name) => `waf.${name}`),
    );
  });
});
