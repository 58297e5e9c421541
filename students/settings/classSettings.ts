import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse, YAMLParseError } from "yaml";
import { z } from "zod";

import { namespace, settingsIn } from "../../components/settings/namespace";
import { settleSettings } from "../../config";
import { codeOf, Failure } from "../../local/failure";
import { projectName } from "../../local/pulumi/settingsFile";

/** Settings by group (`network`, `fleet`, …), as given: nothing defaulted, nothing checked. */
export type Groups = Readonly<Record<string, unknown>>;

/** What every student of a class gets, before the student's own settings. */
export interface ClassSettings {
  readonly file: string;
  readonly region: string;
  readonly groups: Groups;
}

/** The stack whose settings and policies a class has. */
export const classSettingsStack = "lab";

const schema = z.object({
  config: z.object({ "aws:region": z.string() }).catchall(z.unknown()),
});

/**
 * The settings of a class, from a stack's file.
 * @throws Failure when there is no such file or it is none; InvalidSettingsError that lists all that is wrong.
 */
export async function readClassSettings(file: string): Promise<ClassSettings> {
  const name = path.basename(file);
  const parsed = schema.safeParse(parseYaml(name, await read(file)));
  if (!parsed.success) {
    throw new Failure(
      `${name} has no settings of a stack.`,
      "It needs config: with aws:region, as others have.",
    );
  }
  const { config } = parsed.data;
  settleSettings(name, config, projectName);
  return { file: name, region: config["aws:region"], groups: settingsIn(config) };
}

/** The settings as they stand in a stack's file. */
export function stackConfig(region: string, groups: Groups): Readonly<Record<string, unknown>> {
  return {
    "aws:region": region,
    ...Object.fromEntries(Object.entries(groups).map(([name, value]) => [`${namespace}:${name}`, value])),
  };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    throw new Failure(`There is no ${file}, which has the class's settings.`, "Restore it, or write one.", {
      cause: error,
    });
  }
}

function parseYaml(name: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new Failure(`${name} is no YAML: ${error.message}`, "Mend that.", { cause: error });
  }
}
