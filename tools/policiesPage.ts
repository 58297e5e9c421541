import { format } from "prettier";

import { controlsOf, frameworks, isFrameworkName, type FrameworkName } from "../policies/frameworks/controls";
import { omittedControls } from "../policies/omitted/all";
import { packs } from "../policies/packs";
import type { Pack } from "../policies/support/pack";
import type { Rule } from "../policies/support/rule";

/** The content of docs/policies.md, from the rules. */
export function currentPoliciesPage(): Promise<string> {
  const parts = [
    introduction,
    ...packs.map(packSection),
    ruleSetsSection(),
    frameworksSection(),
    omittedControlsSection(),
  ];
  return format(parts.join("\n\n"), { parser: "markdown", printWidth: 110 });
}

const introduction = `# Policies

\`npm run docs\` generates this page from the rules in \`policies/\`; change the rules, not this page.

Every rule is mandatory by default. A rule that needs a value which a preview does not know reports an advisory, and
judges during the update: before the resource is created, or, for a rule about the whole stack, at the end.

\`policies/stackPacks.ts\` defines which packs apply to a stack; \`npm run policy\` previews every stack with its packs.
A stack's own thresholds are in \`policies/config/<stack>.<pack>.json\`, for example
\`{ "lambda-memory": { "maximumMemoryMiB": 1024 } }\`. The enforcement level \`remediate\` in this file makes a rule with a
remediation fix its violations.

\`policies/exceptions.yaml\` accepts violations until a day, and \`policies/levels.yaml\` gives rules a level until a day:
see [policies/README.md](../policies/README.md).`;

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

function ruleSetsSection(): string {
  return [
    "## The same rules in other rule sets",
    "In AWS Foundational Security Best Practices (FSBP), Checkov and cdk-nag. These check one resource, or the running account; many rules of the packs also check the resources that it refers to.",
    matrix({ fsbp: "FSBP", checkov: "Checkov", cdkNag: "cdk-nag" }),
  ].join("\n\n");
}

function frameworksSection(): string {
  const { cis, nist80053, pciDss, iso27001 } = frameworks;
  return [
    "## Controls of compliance frameworks",
    `The controls that each rule serves. They come from two sources: the requirements that AWS Security Hub relates to the rule's FSBP controls, for ${cis.title} ${cis.version}, ${nist80053.title} ${nist80053.version} and ${pciDss.title} ${pciDss.version}; and the rule's topic, for ${iso27001.title} (${iso27001.version}) and the base controls of NIST. A rule is evidence for a control, never all of it.`,
    "`npm run policy -- --framework NAME` runs the rules of one framework: `fsbp`, `cis`, `nist80053`, `pciDss`, `iso27001`, `checkov` or `cdkNag`. The rules' tags have every control, for example `pciDss:1.4.4`.",
    matrix({ cis: "CIS", nist80053: "NIST 800-53", pciDss: "PCI DSS", iso27001: "ISO 27001" }),
  ].join("\n\n");
}

/** A row for each rule, with its controls in some frameworks. */
function matrix(headings: Partial<Readonly<Record<FrameworkName, string>>>): string {
  const names = Object.keys(headings).filter(isFrameworkName);
  const rows = packs.flatMap(({ name: pack, rules }) =>
    rules.map((rule) => {
      const controls = controlsOf(rule);
      const cells = names.map((name) => (controls[name].length === 0 ? "-" : controls[name].join(", ")));
      return `| ${pack} | \`${rule.name}\` | ${cells.join(" | ")} |`;
    }),
  );
  return [
    `| pack | rule | ${names.map((name) => headings[name] ?? name).join(" | ")} |`,
    `| --- | --- | ${names.map(() => "---").join(" | ")} |`,
    ...rows,
  ].join("\n");
}

function omittedControlsSection(): string {
  const rows = omittedControls.map(({ ids, what, why }) => `| ${ids.join(", ")} | ${what} | ${why} |`);
  return [
    "## Omitted controls",
    "Controls of these rule sets for the same resource types that the packs omit.",
    ["| controls | requirement | reason for the omission |", "| --- | --- | --- |", ...rows].join("\n"),
  ].join("\n\n");
}
