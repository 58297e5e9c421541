import { distance } from "fastest-levenshtein";
import { z } from "zod";

import type { Config } from "./namespace";
import type { Problem } from "./problem";
import type { SettingsFile } from "./settingsFile";

/** What Pulumi reads of a stack's file; it ignores every other key in silence. */
const topLevelKeys = ["config", "encryptedkey", "encryptionsalt", "environment", "secretsprovider"];

/** The keys of a stack's file that Pulumi gives the program, and what is wrong with the file's form. */
export interface StackConfig {
  /** `undefined` when the form is so wrong that no value can be judged. */
  readonly config: Config | undefined;
  readonly problems: readonly Problem[];
}

/** @param project the project's name: Pulumi puts it before a key without a namespace. */
export function configIn(file: SettingsFile, project: string): StackConfig {
  const { content, problems, lineOf } = file;
  const unusable = (value: unknown, path: readonly string[]): StackConfig => ({
    config: undefined,
    problems: [...problems, { path: "", value, allowed: configAllowed, line: lineOf(path) }],
  });
  // What the parser refused has no value.
  if (content === undefined && problems.length > 0) return { config: undefined, problems };
  if (content === undefined || content === null) return unusable("an empty file", []);
  const top = mapOf(content);
  if (top === undefined) return unusable(content, []);
  const strangers = Object.keys(top).filter((key) => !topLevelKeys.includes(key));
  const all = [...problems, ...strangers.map((key) => outside(key, lineOf([key])))];
  const config = mapOf(top["config"]);
  if (config !== undefined) return { config: withNamespace(config, project), problems: all };
  if (strangers.length > 0) return { config: undefined, problems: all };
  return unusable(top["config"] ?? "no settings", ["config"]);
}

const configAllowed = "config: with the stack's settings below it, aws:region among them";

function outside(key: string, line: number): Problem {
  const allowed = isLikeConfig(key)
    ? "did you mean config?"
    : "settings below config:, indented by two spaces; Pulumi ignores them here";
  return { path: key, value: "[not shown]", allowed, line };
}

function isLikeConfig(key: string): boolean {
  return distance(key.toLowerCase(), "config") <= 2;
}

function withNamespace(config: Config, project: string): Config {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key.includes(":") ? key : `${project}:${key}`, value]),
  );
}

const map = z.record(z.string(), z.unknown());

function mapOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return map.safeParse(value).data;
}

/** A file's lines for problems that name settings, e.g. `fleet.capacity.max`. */
export function withLines(problems: readonly Problem[], file: SettingsFile | undefined): readonly Problem[] {
  if (file === undefined) return problems;
  return problems.map((problem) =>
    problem.line === undefined ? { ...problem, line: file.lineOf(pathInFile(problem.path, file)) } : problem,
  );
}

/** Where a setting is in a file, by its path in a message. A key may have dots in it, as tags have. */
export function pathInFile(path: string, { content }: SettingsFile): readonly string[] {
  const config = mapOf(mapOf(content)?.["config"]) ?? {};
  const [group = "", ...rest] = path.split(".");
  const isMeant = (key: string) => key === path || key === group || key === `wordpress:${group}`;
  const key =
    Object.keys(config).find(isMeant) ??
    // Pulumi puts the project's name before a key without a namespace.
    Object.keys(config).find((each) => !each.includes(":") && path.endsWith(`:${each}`));
  if (key === undefined) return [path];
  const isWhole = key === path || path.endsWith(`:${key}`);
  return ["config", key, ...(isWhole ? [] : keysOf(config[key], rest))];
}

function keysOf(value: unknown, parts: readonly string[]): readonly string[] {
  if (parts.length === 0) return [];
  const members = Array.isArray(value) ? undefined : mapOf(value);
  for (let length = parts.length; length > 1; length -= 1) {
    const key = parts.slice(0, length).join(".");
    if (members !== undefined && key in members) return [key, ...keysOf(members[key], parts.slice(length))];
  }
  const [first = "", ...rest] = parts;
  const inner: unknown = Array.isArray(value) ? value[Number(first)] : members?.[first];
  return [first, ...keysOf(inner, rest)];
}
