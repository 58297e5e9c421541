import type { Pack } from "../policies/support/pack";

/** The README.md of a pack's package: how to use it, and its rules. */
export function packReadme({ name, displayName, description, rules }: Pack, packageName: string): string {
  const rows = rules.map(
    ({ name: rule, severity, description: requirement, configSchema }) =>
      `| \`${rule}\` | ${severity} | ${requirement} | ${settingsOf(configSchema?.properties)} |`,
  );
  return `${[
    `# ${displayName} (${packageName})`,
    `${description} A policy pack for any Pulumi program that uses \`@pulumi/aws\`, in any of Pulumi's languages.`,
    fenced("sh", [
      `npm install --save-dev ./${packageName}-VERSION.tgz`,
      `pulumi preview --policy-pack node_modules/${packageName}`,
    ]),
    "Every rule is mandatory. Levels and thresholds come from a JSON file:",
    fenced("json", [JSON.stringify(exampleConfiguration(rules), undefined, 2)]),
    fenced("sh", [
      `pulumi preview --policy-pack node_modules/${packageName} --policy-pack-config ${name}.json`,
    ]),
    "Violations can be accepted until a day: see `docs/policy-packs.md` in the repository.",
    "The rules:",
    ["| rule | severity | requirement | thresholds |", "| --- | --- | --- | --- |", ...rows].join("\n"),
  ].join("\n\n")}\n`;
}

function fenced(language: string, lines: readonly string[]): string {
  return [`\`\`\`${language}`, ...lines, "```"].join("\n");
}

/** A file that makes the first rule advisory and repeats the defaults of the first rule that has thresholds. */
function exampleConfiguration(rules: Pack["rules"]): object {
  const [first] = rules;
  const configured = rules.find(({ configSchema }) => configSchema !== undefined);
  return {
    ...(first === undefined ? {} : { [first.name]: "advisory" }),
    ...(configured === undefined
      ? {}
      : {
          [configured.name]: Object.fromEntries(
            Object.entries(configured.configSchema?.properties ?? {}).map(([setting, { default: value }]) => [
              setting,
              value,
            ]),
          ),
        }),
  };
}

function settingsOf(properties: object | undefined): string {
  const names = Object.keys(properties ?? {});
  return names.length === 0 ? "-" : names.map((each) => `\`${each}\``).join(", ");
}
