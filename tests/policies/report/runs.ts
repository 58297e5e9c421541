import { guardrails } from "../../../policies/guardrails/pack";
import { production } from "../../../policies/production/pack";
import type { Unplaced } from "../../../policies/report/places";
import {
  stackResult,
  type EnforcedPack,
  type PolicyEvent,
  type PolicyRun,
  type StackResult,
} from "../../../policies/report/results";
import type { Pack } from "../../../policies/support/pack";

export const urn =
  "urn:pulumi:prod::wordpress::wordpress:database:Database$aws:rds/instance:Instance::wordpress-database";
export const standby: PolicyEvent = {
  pack: "production",
  rule: "database-multi-az",
  resourceUrn: urn,
  message: "<{%fg 1%}>A database has a standby.<{%reset%}>\nmultiAz is false.\nFix: Set multiAz to true.\n",
  enforcementLevel: "mandatory",
};
export const unknown: PolicyEvent = {
  ...standby,
  pack: "guardrails",
  rule: "iam-no-star-on-star",
  message:
    "can't run policy 'iam-no-star-on-star' from policy pack 'x' during preview: string value at .policy",
  enforcementLevel: "advisory",
};
export const alarms: PolicyEvent = {
  pack: "production",
  rule: "alarms-present",
  message: "no alarms",
  enforcementLevel: "advisory",
};

export const remediated: PolicyEvent = {
  pack: "guardrails",
  rule: "imdsv2",
  resourceUrn: "urn:pulumi:prod::wordpress::aws:ec2/launchTemplate:LaunchTemplate::wordpress-server",
  message: "a remediation",
  enforcementLevel: "remediate",
};

export const packOf = (pack: Pack, ...off: readonly string[]): EnforcedPack => ({
  pack,
  isDisabled: ({ name }) => off.includes(name),
});
export const run = (
  stack: string,
  packs: readonly EnforcedPack[],
  ...events: readonly PolicyEvent[]
): PolicyRun => ({
  stack,
  subject: "preview",
  packs,
  events,
  finished: true,
});
export const outcomeIn = ({ rules }: StackResult, name: string) =>
  rules.find(({ rule }) => rule.name === name)?.outcome;

export const prodPacks = [packOf(guardrails, "lambda-memory"), packOf(production)];
export const dev = () =>
  stackResult(run("dev", [packOf(guardrails)], { ...standby, resourceUrn: "elsewhere" }, unknown));
export const prod = () => stackResult(run("prod", prodPacks, standby, unknown, alarms, remediated));
/** What the report asks about its finding. */
export const asked: Unplaced[] = [];
/** Its finding has a setting and a line of the program. */
export const placed = () =>
  stackResult({
    ...run("prod", prodPacks, {
      ...standby,
      message:
        "A database has a standby.\nwordpress-database (aws:rds/instance:Instance): multiAz is false.\nAllowed: true.\nFix: Set multiAz to true; for a cluster, name several availabilityZones.",
    }),
    locate: (finding) => {
      asked.push(finding);
      return {
        setting: {
          setting: "database.multiAz",
          file: "Pulumi.prod.yaml",
          line: 12,
          fix: "Set database.multiAz to true in Pulumi.prod.yaml, line 12.",
        },
        source: { file: "components/database/database.ts", line: 57 },
      };
    },
  });
/** Its program failed before all rules had run. */
export const cutOff = () =>
  stackResult({
    ...run("prod", prodPacks, standby),
    finished: false,
    failure: "wordpress:fleet.capacity.max: 0\nallowed: 1 or more",
  });
