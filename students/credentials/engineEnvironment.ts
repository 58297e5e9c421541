import type { Credentials } from "./resolve";

/** Variables that select other credentials, another account or another region. An empty one counts as unset. */
const ambient = [
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_ROLE_ARN",
  "AWS_ROLE_SESSION_NAME",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
];

/** The environment in which a student's engine uses only the student's account. */
export function engineEnvironment(
  { accessKeyId, secretAccessKey, sessionToken = "" }: Credentials,
  region: string,
): Record<string, string> {
  return {
    ...Object.fromEntries(ambient.map((name) => [name, ""])),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
