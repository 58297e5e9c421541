import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { parse, stringify } from "yaml";
import { z } from "zod";

/** By program: what the rules say about it, without the fix that a rule gives for all its findings. */
export type Findings = Readonly<Record<string, readonly string[]>>;

const findingsSchema = z.record(z.string(), z.array(z.string()));

/** With `RECORD_FINDINGS=1` in the environment the tests write the files of findings and compare nothing. */
export const recording = process.env["RECORD_FINDINGS"] === "1";

const fileOf = (name: string) => path.join(__dirname, "findings", `${name}.yaml`);

/** @throws Error when the file is missing or damaged. */
export function recordedFindings(name: string): Findings {
  return findingsSchema.parse(parse(readFileSync(fileOf(name), "utf8")));
}

export async function recordFindings(name: string, findings: Findings): Promise<void> {
  const text = stringify(findings, { lineWidth: 0, sortMapEntries: true });
  await writeFile(fileOf(name), await format(text, { ...(await resolveConfig(__dirname)), parser: "yaml" }));
}

interface Named {
  readonly name: string;
  readonly remediationSteps: string;
}

/** A rule's message about a program, on few lines. */
export function findingText(rule: Named, message: string): string {
  const text = message.replace(`\nFix: ${rule.remediationSteps}`, "").replaceAll("\nAllowed:", " Allowed:");
  return `${rule.name}: ${text}`;
}

/** The property that a rule waits for in a preview. */
export function waitingText(rule: Named, message: string): string {
  return `${rule.name} waits for ${/ at \.(?<property>\S+)/.exec(message)?.groups?.["property"] ?? message}`;
}
