import { readFile } from "node:fs/promises";

import type { Pack } from "../support/pack";
import { exceptionsName } from "../support/settings";
import { suggestion } from "../support/suggestion";
import { configurationProblems, isRecord, type Configuration } from "./schema";

/** A stack's thresholds for one pack, or all problems of the file. */
export type ReadConfiguration =
  { readonly configuration: Configuration } | { readonly problems: readonly string[] };

/** Reads `<stack>.<pack>.json` and checks it; each problem is a sentence that begins with the file. */
export async function readConfiguration(pack: Pack, file: string): Promise<ReadConfiguration> {
  const parsed = parse(await readFile(file, "utf8"));
  if ("problem" in parsed) return { problems: [`${file}: ${parsed.problem}`] };
  const { configuration, problems: wrong } = configurationIn(parsed.value);
  const problems = [...wrong, ...configurationProblems(pack, configuration)].map(
    (problem) => `${file}: ${problem}`,
  );
  return problems.length === 0 && isRecord(configuration) ? { configuration } : { problems };
}

/** The rules' configurations: the whole file, or the member `policies` of a file with `"version": 2`. */
function configurationIn(value: unknown): {
  readonly configuration: unknown;
  readonly problems: readonly string[];
} {
  if (!isRecord(value) || typeof value["version"] !== "number") return { configuration: value, problems: [] };
  const { version, policies = {}, ...others } = value;
  const problems = Object.keys(others).map((name) =>
    name === exceptionsName
      ? `${name}: Pulumi's own exceptions have no end - allowed: exceptions in policies/exceptions.yaml`
      : `${name}: unknown; ${suggestion(name, ["version", "policies"], "the file's keys")}`,
  );
  const wrongVersion = version === 2 ? [] : [`version: ${String(version)} - allowed: 2, or no version`];
  return { configuration: policies, problems: [...wrongVersion, ...problems] };
}

function parse(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: `the file is not valid JSON: ${error.message}` };
    throw error;
  }
}
