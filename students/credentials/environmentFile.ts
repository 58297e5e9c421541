import { Failure } from "../../cli/failure";

/** The variables that AWS's SDKs and CLI read. */
export interface EnvironmentCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const names = {
  accessKeyId: "AWS_ACCESS_KEY_ID",
  secretAccessKey: "AWS_SECRET_ACCESS_KEY",
  sessionToken: "AWS_SESSION_TOKEN",
} as const;

/**
 * Reads credentials from `export NAME=value` lines, from `NAME=value` lines, or in the form of the lab's page for
 * `~/.aws/credentials`. No error shows a value, as it could be the secret.
 * @throws Failure that names the missing variables
 */
export function parseEnvironmentFile(file: string, text: string): EnvironmentCredentials {
  const values = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name = "", value = ""] = /^\s*(?:export\s+)?([A-Za-z_]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    values.set(name.toUpperCase(), value.replace(/^(["'])(.*)\1$/, "$2"));
  }
  const given = (name: string) => {
    const value = values.get(name);
    return value === undefined || value === "" ? undefined : value;
  };
  const accessKeyId = given(names.accessKeyId);
  const secretAccessKey = given(names.secretAccessKey);
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    const missing = [
      ...(accessKeyId === undefined ? [names.accessKeyId] : []),
      ...(secretAccessKey === undefined ? [names.secretAccessKey] : []),
    ];
    throw new Failure(
      `${file} has no ${missing.join(" and no ")}.`,
      "Copy the text of the lab's page under AWS Details, AWS CLI, into it.",
    );
  }
  const sessionToken = given(names.sessionToken);
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}
