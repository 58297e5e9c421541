import { z } from "zod";

import { describeAfterUp, readAfterUp } from "../components/settings/afterUp";
import { stackSettings } from "../config";

/** The settings tables of README.md, from the schemas that check the settings, so that the two cannot differ. */
export function settingsTable(): string {
  return Object.entries(stackSettings.shape)
    .map(([group, schema]) => tableOf(group, schema))
    .join("\n\n");
}

function tableOf(group: string, schema: z.ZodType): string {
  const heading = [
    "| setting | default | allowed | meaning | after the first `up` |",
    "| --- | --- | --- | --- | --- |",
  ];
  const shape = shapeOf(schema);
  const rows =
    shape === undefined
      ? [row(group, schema)]
      : Object.entries(shape).map(([name, field]) => row(`${group}.${name}`, field));
  return [...heading, ...rows].join("\n");
}

function row(path: string, schema: z.ZodType): string {
  if (schema.description === undefined) throw new TypeError(`${path}: a setting without a description`);
  const afterUp = describeAfterUp(readAfterUp(path, schema));
  const cells = [`\`${path}\``, defaultOf(schema), allowedBy(schema), schema.description, afterUp];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

/** What the error of a wrong value would say: the schema's own sentence. */
function allowedBy(schema: z.ZodType): string {
  const neverAllowed = Symbol("no setting takes this");
  const [issue] = schema.safeParse(neverAllowed).error?.issues ?? [];
  if (issue === undefined) throw new TypeError("a setting that takes any value");
  return issue.message;
}

function defaultOf(schema: z.ZodType): string {
  if (!(schema instanceof z.ZodDefault)) return "-";
  return `\`${JSON.stringify(schema.def.defaultValue)}\``;
}

function shapeOf(schema: z.ZodType): Readonly<Record<string, z.ZodType>> | undefined {
  if (schema instanceof z.ZodPrefault && schema.def.innerType instanceof z.ZodObject) {
    return z.record(z.string(), z.instanceof(z.ZodType)).parse(schema.def.innerType.shape);
  }
  return undefined;
}
