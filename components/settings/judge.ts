import type { z } from "zod";

import { type Config, misplacedKeys, namespace, settingsIn } from "./namespace";
import { problemsIn } from "./parse";
import { plainTexts } from "./plainTexts";
import type { Problem } from "./problem";
import { regionProblem } from "./regions";
import type { SettingsFile } from "./settingsFile";

/** A stack's configuration as its schema settles it. */
export interface Judged<Settings> {
  /** With all defaults; `undefined` when something is wrong. */
  readonly settings: Settings | undefined;
  /** As given, with numbers as texts where the file has them for a text. */
  readonly groups: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

/** What belongs to a configuration, besides its values. */
export interface Origin {
  /** The project's name: a setting under it is a mistake. */
  readonly project: string;
  /** The file that the values come from; default: not known, as with values that Pulumi keeps elsewhere. */
  readonly file?: SettingsFile | undefined;
}

/** Judges all keys and values of a stack's configuration, and lists everything wrong with them. */
export function judge<Schema extends z.ZodObject>(
  schema: Schema,
  config: Config,
  { project, file }: Origin,
): Judged<z.output<Schema>> {
  const misplaced = misplacedKeys(config, Object.keys(schema.shape), project);
  const known = Object.entries(config).filter(([key]) => misplaced.every(({ path }) => path !== key));
  const { values, misread } = plainTexts(
    schema,
    settingsIn(Object.fromEntries(known)),
    ([group = "", ...path]) => file?.plainTextOf(["config", keyOf(file, group), ...path]),
  );
  const ofValues = problemsIn(schema, values);
  const ofTexts = misread.map(({ path, value, allowed }): Problem => {
    const name = path.join(".");
    const ofValue = ofValues.find((problem) => problem.path === name);
    return { path: name, value, allowed: ofValue === undefined ? allowed : `${ofValue.allowed}; ${allowed}` };
  });
  const rest = ofValues.filter(({ path }) => ofTexts.every((problem) => problem.path !== path));
  const problems = [...misplaced, ...regionProblems(config), ...ofTexts, ...rest];
  const parsed = schema.safeParse(values);
  return { settings: problems.length === 0 ? parsed.data : undefined, groups: groupsOf(values), problems };
}

/** A key without a namespace is in the project's, which may be ours. */
function keyOf({ content }: SettingsFile, group: string): string {
  return hasKey(content, group) ? group : `${namespace}:${group}`;
}

function hasKey(content: unknown, key: string): boolean {
  if (typeof content !== "object" || content === null || !("config" in content)) return false;
  const { config } = content;
  return typeof config === "object" && config !== null && key in config;
}

function groupsOf(values: unknown): Readonly<Record<string, unknown>> {
  return typeof values === "object" && values !== null ? { ...values } : {};
}

function regionProblems(config: Config): readonly Problem[] {
  const region = config["aws:region"];
  if (region === undefined || isTrue(config["aws:skipRegionValidation"])) return [];
  const allowed = typeof region === "string" ? regionProblem(region) : "an AWS region, e.g. us-east-1";
  return allowed === undefined ? [] : [{ path: "aws:region", value: region, allowed }];
}

function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}
