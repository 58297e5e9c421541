import { format } from "prettier";

import { omittedControls } from "../policies/omittedControls";
import { packs } from "../policies/packs";
import type { Pack } from "../policies/support/pack";
import type { Counterparts, Rule } from "../policies/support/rule";

/** The content of docs/policies.md, from the rules. */
export function currentPoliciesPage(): Promise<string> {
  const parts = [introduction, ...packs.map(packSection), othersSection(), omittedControlsSection()];
  return format(parts.join("\n\n"), { parser: "markdown", printWidth: 110 });
}

const introduction = `# Policies

\`npm run docs\` generates this page from the rules in \`policies/\`; change the rules, not this page.

Every rule is mandatory by default. A rule that needs a value which a preview does not know reports an advisory, and
judges during the update: before the resource is created, or, for a rule about the whole stack, at the end.

\`policies/stackPacks.ts\` defines which packs apply to a stack; \`npm run policy\` previews every stack with its packs.
A stack's own thresholds are in \`policies/config/<stack>.<pack>.json\`, for example
\`{ "lambda-memory": { "maximumMemoryMiB": 1024 } }\`. The enforcement level \`remediate\` in this file makes a rule with a
remediation fix its violations.`;

function packSection({ name, displayName, description, rules }: Pack): string {
  return [`## ${displayName} (\`${name}\`)`, description, ...rules.map(ruleSection)].join("\n\n");
}

function ruleSection(rule: Rule): string {
  const remediation =
    "remediateResource" in rule ? " With the level `remediate`, the rule does this itself." : "";
  return [
    `### ${rule.displayName}`,
    `\`${rule.name}\`, ${rule.severity}. ${rule.description}`,
    rule.why,
    `Fix: ${rule.remediationSteps}${remediation}`,
    ...settingsTable(rule),
    `[Source](${rule.url})`,
  ].join("\n\n");
}

function settingsTable({ configSchema }: Rule): readonly string[] {
  if (configSchema === undefined) return [];
  const rows = Object.entries(configSchema.properties).map(
    ([name, { default: value, description = "" }]) =>
      `| \`${name}\` | \`${JSON.stringify(value)}\` | ${description} |`,
  );
  return [["| setting | default | meaning |", "| --- | --- | --- |", ...rows].join("\n")];
}

function othersSection(): string {
  const rows = packs.flatMap(({ name, rules }) =>
    rules.map(
      ({ name: rule, counterparts }) => `| ${name} | \`${rule}\` | ${columns(counterparts).join(" | ")} |`,
    ),
  );
  return [
    "## The same rules in other rule sets",
    "In AWS Foundational Security Best Practices (FSBP), Checkov and cdk-nag. These check one resource, or the running account; many rules of the packs also check the resources that it refers to.",
    ["| pack | rule | FSBP | Checkov | cdk-nag |", "| --- | --- | --- | --- | --- |", ...rows].join("\n"),
  ].join("\n\n");
}

function columns({ fsbp, checkov, cdkNag }: Counterparts): readonly string[] {
  return [fsbp, checkov, cdkNag].map((ids) => (ids.length === 0 ? "-" : ids.join(", ")));
}

function omittedControlsSection(): string {
  const rows = omittedControls.map(({ ids, what, why }) => `| ${ids.join(", ")} | ${what} | ${why} |`);
  return [
    "## Omitted controls",
    "Controls of these rule sets for the same resource types that the packs omit.",
    ["| controls | requirement | reason for the omission |", "| --- | --- | --- |", ...rows].join("\n"),
  ].join("\n\n");
}
