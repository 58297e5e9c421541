import { format } from "prettier";

import { omittedControls } from "../policies/omittedControls";
import { packs } from "../policies/packs";
import type { Pack } from "../policies/support/pack";
import type { Counterparts, Rule } from "../policies/support/rule";

/** docs/policies.md as it should be, from the rules themselves. */
export function currentPoliciesPage(): Promise<string> {
  const parts = [introduction, ...packs.map(packSection), othersSection(), omittedControlsSection()];
  return format(parts.join("\n\n"), { parser: "markdown", printWidth: 110 });
}

const introduction = `# Policies

Made from the rules themselves by \`npm run docs\`; change those, not this page.

Every rule is mandatory. A rule that a preview cannot judge yet, because a value is not known, says so as
advisory, and judges when the value is there: before the resource is made, or, for a rule over the whole stack,
at the end of the update. Which packs hold which stack is in \`policies/stackPacks.ts\`; \`npm run policy\` previews every stack under them. A stack's own thresholds are
in \`policies/config/<stack>.<pack>.json\`, for example \`{ "lambda-memory": { "maximumMemoryMiB": 1024 } }\`; the
enforcement level \`remediate\` there makes a rule that can do so mend what it finds.`;

function packSection({ name, displayName, description, rules }: Pack): string {
  return [`## ${displayName} (\`${name}\`)`, description, ...rules.map(ruleSection)].join("\n\n");
}

function ruleSection(rule: Rule): string {
  const remedy = "remediateResource" in rule ? " Can mend it: `remediate`." : "";
  return [
    `### ${rule.displayName}`,
    `\`${rule.name}\`, ${rule.severity}. ${rule.description}`,
    rule.why,
    `To do: ${rule.remediationSteps}${remedy}`,
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
    "## The same rules elsewhere",
    "In AWS Foundational Security Best Practices, Checkov and cdk-nag. They look at one resource, or at the running account; many of ours also follow what a resource refers to.",
    ["| pack | rule | FSBP | Checkov | cdk-nag |", "| --- | --- | --- | --- | --- |", ...rows].join("\n"),
  ].join("\n\n");
}

function columns({ fsbp, checkov, cdkNag }: Counterparts): readonly string[] {
  return [fsbp, checkov, cdkNag].map((ids) => (ids.length === 0 ? "-" : ids.join(", ")));
}

function omittedControlsSection(): string {
  const rows = omittedControls.map(({ ids, what, why }) => `| ${ids.join(", ")} | ${what} | ${why} |`);
  return [
    "## Theirs that we leave out",
    "For the resource types that our rules are about.",
    ["| rules | what they ask for | why not here |", "| --- | --- | --- |", ...rows].join("\n"),
  ].join("\n\n");
}
