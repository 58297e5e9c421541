import { expect } from "chai";

import { packs } from "../../policies/packs";
import type { AnyResource } from "../../policies/support/resourceTypes";
import type { Rule } from "../../policies/support/rule";
import { among } from "./support/fixture";
import { judge, judgeStack } from "./support/judge";
import { violations } from "./support/violations";

/** Rules about several resources: their own tests have the violations, by resources that belong together. */
const proven: Readonly<Record<string, readonly string[]>> = {
  "http-only-from-load-balancer": ["EC2.18", "CKV_AWS_260", "AwsSolutions-EC23"],
  "no-prefix-lists-open-to-world": ["EC2.19"],
  "several-zones": ["AutoScaling.2", "ELB.10", "ELB.13"],
  "load-balancer-health-checks": ["AutoScaling.1", "CKV2_AWS_15", "AwsSolutions-AS2"],
  "database-in-private-subnets": ["RDS.46"],
  "database-multi-az": ["RDS.15", "Neptune.9", "AwsSolutions-N1"],
  "file-system-backups": ["EFS.2", "EFS.7", "CKV2_AWS_18"],
  "https-listener": ["ELB.18", "CKV_AWS_2"],
  "http-redirects": [
    "ELB.1",
    "ELB.3",
    "ELB.18",
    "CKV_AWS_2",
    "CKV_AWS_376",
    "CKV2_AWS_20",
    "AwsSolutions-ELB5",
  ],
  "tls-policy": ["ELB.8"],
  "web-acl-logging": ["WAF.11", "CKV2_AWS_31"],
  "alarms-present": ["CKV_AWS_319"],
};

const rules = packs.flatMap((pack) => pack.rules);

/** "The same rule in other rule sets": what the control refuses, the rule refuses. */
describe("the counterparts of a rule", () => {
  for (const rule of rules) {
    const { fsbp, checkov, cdkNag } = rule.counterparts;
    it(`are all proven: ${rule.name}`, () => {
      const ids = [...Object.keys(violations[rule.name] ?? {}), ...(proven[rule.name] ?? [])];
      expect(ids).to.have.members([...fsbp, ...checkov, ...cdkNag]);
    });

    for (const [id, violating] of Object.entries(violations[rule.name] ?? {})) {
      it(`${rule.name} refuses what ${id} refuses`, async () => {
        for (const each of [violating].flat()) {
          expect(await refusals(rule, each), JSON.stringify(each.props)).not.to.be.empty;
        }
      });
    }
  }
});

/** In its two parts: about the resource alone, and about a stack of it alone. */
async function refusals(rule: Rule, violating: AnyResource): Promise<readonly string[]> {
  const alone = typeof rule.validateResource === "function" ? (await judge(rule, violating)).violations : [];
  const together = "validateStack" in rule ? (await judgeStack(rule, [among(violating, {})])).violations : [];
  return [...alone, ...together];
}
