import { STS } from "@aws-sdk/client-sts";
import { readFile, stat } from "node:fs/promises";

import { codeOf, Failure, messageOf } from "../../cli/failure";
import type { CredentialsSource } from "../roster/roster";
import { parseEnvironmentFile } from "./environmentFile";

/** A student's credentials, only in this process's memory. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When they expire, if known. */
  readonly expiresAt?: Date;
  /** When the credentials file was written: the lab's session began before that time. */
  readonly writtenAt?: Date;
}

/** The duration of a role's session; role chaining allows an hour at most. */
const roleSeconds = 3_600;

/**
 * Reads a student's credentials from the roster's source; default: this user's own.
 * @throws Failure that names the problem with the source, without any secret
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
      `${what} has no credentials: ${messageOf(error)}.`,
      "Fix ~/.aws/config, or give the student an environmentFile, profile or role in the roster.",
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
    throw new Failure(`The credentials file ${path} does not exist.`, "Write it, or fix the roster.", {
      cause: error,
    });
  }
}
