import { STS } from "@aws-sdk/client-sts";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { Failure, messageOf } from "../../cli/failure";
import { shownUrl } from "./backendUrl";

/** The profile of the class's bucket, in a file for the engine only. */
const profile = "wordpress-class-state";
const variable = "WORDPRESS_CLASS_STATE_CREDENTIALS";

/**
 * Variables with which a student's engine reaches the class's state. The engine has the student's AWS credentials, and a
 * bucket is the instructor's: the backend's URL then names a profile whose process prints the instructor's credentials
 * from the engine's environment. No file has them.
 *
 * @param folder for the file with the profile
 * @param isOwn whether the student's credentials are this user's
 */
export async function engineAccess(
  url: string,
  folder: string,
  isOwn: boolean,
): Promise<Readonly<Record<string, string>>> {
  if (isOwn || !url.startsWith("s3://")) return { PULUMI_BACKEND_URL: url };
  const [base = "", query = ""] = url.split("?", 2);
  const given = new URLSearchParams(query);
  const named = given.get("profile");
  const sts = new STS(named === null ? {} : { profile: named });
  const region = given.get("region") ?? (await regionOf(sts, url));
  given.set("region", region);
  if (named !== null) return { PULUMI_BACKEND_URL: `${base}?${given.toString()}` };
  given.set("profile", profile);
  const file = path.join(folder, "engine-aws-config");
  await mkdir(folder, { recursive: true });
  const command = `"${process.execPath}" -p process.env.${variable}`;
  await writeFile(file, `[profile ${profile}]\ncredential_process = ${command}\n`);
  return {
    PULUMI_BACKEND_URL: `${base}?${given.toString()}`,
    AWS_CONFIG_FILE: file,
    [variable]: await printedCredentials(sts, url),
  };
}

async function regionOf({ config }: STS, url: string): Promise<string> {
  try {
    return await config.region();
  } catch (error) {
    throw new Failure(
      `The region of the bucket in ${shownUrl(url)} is not known: ${messageOf(error)}.`,
      "Add ?region=us-east-1, or the bucket's region, to PULUMI_BACKEND_URL.",
      { cause: error },
    );
  }
}

/** As a `credential_process` prints them. */
async function printedCredentials({ config }: STS, url: string): Promise<string> {
  try {
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = await config.credentials();
    return JSON.stringify({
      Version: 1,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: expiration?.toISOString(),
    });
  } catch (error) {
    throw new Failure(
      `There are no credentials for ${shownUrl(url)}: ${messageOf(error)}.`,
      "Set your own AWS credentials in this shell; the students' ones are not used for the class's state.",
      { cause: error },
    );
  }
}
