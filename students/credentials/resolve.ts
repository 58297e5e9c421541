import { STS } from "@aws-sdk/client-sts";
import { readFile, stat } from "node:fs/promises";

import { codeOf, Failure, messageOf } from "../../cli/failure";
import type { CredentialsSource } from "../roster/roster";
import { parseEnvironmentFile } from "./environmentFile";

/** Credentials of one student's, in this process's memory alone. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When they end, where that is known. */
  readonly expiresAt?: Date;
  /** When the file that they came from was written: a lab's session began at that time at the latest. */
  readonly writtenAt?: Date;
}

/** A role's session; role chaining allows an hour at most. */
const roleSeconds = 3_600;

/**
 * Reads a student's credentials from where the roster says; from this user's own where it says nothing.
 * @throws Failure that says what is wrong with the source; never with a secret in it
 */
export async function resolveCredentials(
  source: CredentialsSource | undefined,
  region: string,
): Promise<Credentials> {
  switch (source?.kind) {
    case undefined:
      return fromSdk("this user's own AWS settings", new STS({ region }));
    case "profile":
      return fromSdk(`the profile ${source.profile}`, new STS({ region, profile: source.profile }));
    case "role":
      return assume(source.roleArn, region);
    case "environmentFile":
      return fromFile(source.path);
  }
}

async function fromSdk(what: string, { config }: STS): Promise<Credentials> {
  try {
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = await config.credentials();
    return {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      ...(expiration === undefined ? {} : { expiresAt: expiration }),
    };
  } catch (error) {
    throw new Failure(
      `There are no credentials in ${what}: ${messageOf(error)}.`,
      "Mend ~/.aws/config, or give the student an environmentFile, profile or role in the roster.",
      { cause: error },
    );
  }
}

async function assume(roleArn: string, region: string): Promise<Credentials> {
  try {
    const { Credentials: given } = await new STS({ region }).assumeRole({
      RoleArn: roleArn,
      RoleSessionName: "wordpress-class",
      DurationSeconds: roleSeconds,
    });
    if (given?.AccessKeyId === undefined || given.SecretAccessKey === undefined) {
      throw new Error("STS answered without credentials");
    }
    return {
      accessKeyId: given.AccessKeyId,
      secretAccessKey: given.SecretAccessKey,
      ...(given.SessionToken === undefined ? {} : { sessionToken: given.SessionToken }),
      ...(given.Expiration === undefined ? {} : { expiresAt: given.Expiration }),
    };
  } catch (error) {
    throw new Failure(
      `The role ${roleArn} cannot be assumed: ${messageOf(error)}.`,
      "Its trust policy must name you, and you must be allowed sts:AssumeRole on it.",
      { cause: error },
    );
  }
}

async function fromFile(path: string): Promise<Credentials> {
  try {
    const [text, { mtime }] = await Promise.all([readFile(path, "utf8"), stat(path)]);
    return { ...parseEnvironmentFile(path, text), writtenAt: mtime };
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    throw new Failure(`There is no file ${path} with credentials.`, "Write it, or mend the roster.", {
      cause: error,
    });
  }
}
