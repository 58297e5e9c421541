import { format } from "prettier";
import type { z } from "zod";

import { describeAfterUp } from "../../components/settings/afterUp";
import { stackSettings } from "../../config";
import { groupFacts, type PartFacts, type SettingFacts, type StackSettingFacts } from "./facts";
import { stackFiles, valueIn, type StackFile } from "./stackFiles";
import { wrap } from "./wrap";

/** The longest line of docs/settings.md: it fits into an editor's window. */
export const pageWidth = 100;

/** A longer value, e.g. a key, would not fit into a line. */
const longestValue = 60;

/** docs/settings.md, from the schemas that check the settings, so that the two cannot differ. */
export async function currentSettingsPage(): Promise<string> {
  const files = await stackFiles();
  const groups = Object.entries<z.ZodType>(stackSettings.shape).map(([group, schema]) =>
    groupSection(group, groupFacts(group, schema), files),
  );
  return format([introduction, ...groups].join("\n\n"), { parser: "markdown", printWidth: pageWidth });
}

const introduction = `# Settings

Generated from the settings' schemas by \`npm run docs\`; change those, not this page.

A stack's settings are in \`Pulumi.<stack>.yaml\` under \`wordpress:<group>\`, whatever the project is
called. To set one:

\`\`\`sh
pulumi config set --stack dev --path wordpress:fleet.capacity.max 4
\`\`\`

Pulumi writes \`2026\` as a number. Where a setting is text, as the value of a tag is, add
\`--type string\`. A wrong setting, or one outside of \`wordpress:\`, stops the run before anything is
registered. One message lists every wrong setting with its value and what is allowed.

Each setting has its meaning and:

- **Unit**, where the value is a number.
- **Default**: what applies when the setting is omitted. A setting without a default is required.
- **Range**: the allowed values, in the words of the error message.
- **Change**: the effect of a change of the setting on a live stack. It takes effect in place, it
  replaces the named resources, or \`up\` refuses it before it creates anything. "All servers are
  replaced one by one" is an instance refresh: new servers are in service before old ones end. The
  tables call this "new servers" and "new resources".
- **Stacks**: the values that the stacks of this repository set. The others use the default.`;

function groupSection(group: string, settings: readonly StackSettingFacts[], files: readonly StackFile[]) {
  const sections = settings.map((each) => settingSection(each, files));
  const [only] = settings;
  if (only?.path === group) return sections.join("\n\n");
  return [`## ${group}`, overview(settings), ...sections].join("\n\n");
}

/** The settings of a group at a glance. */
function overview(settings: readonly StackSettingFacts[]): string {
  const rows = settings.map((each) => `| \`${each.name}\` | ${briefDefault(each)} | ${briefEffect(each)} |`);
  return ["| setting | default | change |", "| --- | --- | --- |", ...rows].join("\n");
}

/** A table's row cannot be wrapped, so only the setting's own section has a default in words. */
function briefDefault({ default: fallback }: SettingFacts): string {
  if (fallback === undefined) return "required";
  return fallback.isValue ? `\`${fallback.text}\`` : "see below";
}

function briefEffect({ afterUp }: StackSettingFacts): string {
  if (afterUp.effect === "fixed") return "refused";
  const parts = [
    ...(Object.keys(afterUp.replaces).length > 0 ? ["resources"] : []),
    ...(afterUp.newServers ? ["servers"] : []),
  ];
  return parts.length === 0 ? "in place" : `new ${parts.join(", ")}`;
}

function settingSection(facts: StackSettingFacts, files: readonly StackFile[]): string {
  const heading = facts.path.includes(".") ? "###" : "##";
  const set = files.flatMap((file) => {
    const value = valueIn(file, facts.path);
    if (value === undefined) return [];
    return [
      `${file.stack} ${value.length > longestValue ? `(in \`Pulumi.${file.stack}.yaml\`)` : code(value)}`,
    ];
  });
  return [
    `${heading} \`${facts.path}\``,
    wrap(facts.meaning, pageWidth),
    [
      ...factItems(facts),
      item("Change", describeAfterUp(facts.afterUp)),
      ...(set.length === 0 ? [] : [item("Stacks", set.join("; "))]),
    ].join("\n"),
    ...facts.parts.flatMap(partSection),
  ].join("\n\n");
}

function factItems({ unit, default: fallback, range }: SettingFacts): readonly string[] {
  return [
    ...(unit === undefined ? [] : [item("Unit", unit)]),
    item(
      "Default",
      fallback === undefined
        ? "none; it is required"
        : fallback.isValue
          ? code(fallback.text)
          : fallback.text,
    ),
    ...(range === undefined ? [] : [item("Range", range)]),
  ];
}

function partSection({ discriminator, fields, inList }: PartFacts): readonly string[] {
  const title =
    discriminator !== undefined
      ? `With \`${discriminator.key}: ${discriminator.value}\`:`
      : inList
        ? "Each item of the list has:"
        : "Its keys:";
  const items = fields.filter(({ name }) => name !== discriminator?.key).map(fieldItem);
  return items.length === 0 ? [] : [[title, items.join("\n")].join("\n\n")];
}

function fieldItem({ name, meaning, unit, default: fallback, range }: SettingFacts): string {
  const facts = [
    meaning,
    ...(unit === undefined ? [] : [`Unit: ${unit}.`]),
    fallback === undefined
      ? "Required."
      : `Default: ${fallback.isValue ? code(fallback.text) : fallback.text}.`,
    ...(range === undefined ? [] : [`Range: ${range}.`]),
  ];
  return wrap(`- \`${name}\`: ${facts.join(" ")}`, pageWidth, "  ");
}

const item = (title: string, text: string) => wrap(`- **${title}**: ${text}`, pageWidth, "  ");

const code = (text: string) => `\`${text}\``;
