import { Failure } from "../../cli/failure";
import { z } from "../../cli/json";
import { isAdministratorSecretName } from "../../components/shared/administratorSecret";
import { hasTags, recordOf, tagsOf, type Stack } from "../stack/stack";

const valueSchema = z.object({ username: z.string(), password: z.string() });

/** The site's first administrator. */
export type Administrator = z.output<typeof valueSchema>;

/**
 * Reads the administrator's name and password from the stack's secret.
 * @throws Failure when the stack has no such secret, or when no server has stored a password in it
 */
export async function readAdministrator(stack: Stack): Promise<Administrator> {
  const { ResourceNotFoundException } = await import("@aws-sdk/client-secrets-manager");
  const SecretId = await secretOf(stack);
  const client = await stack.clients.secrets();
  try {
    const { SecretString = "" } = await client.getSecretValue({ SecretId });
    return valueSchema.parse(JSON.parse(SecretString));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    throw new Failure(
      `The administrator's secret of ${stack.name} is empty: no server has installed the site yet, or its role may not write the secret.`,
      "Wait until the site answers. If the secret stays empty, run sudo wordpress-server admin-password on a server: it sets a new password and prints it.",
      { cause: error },
    );
  }
}

async function secretOf(stack: Stack): Promise<string> {
  const { paginateListSecrets } = await import("@aws-sdk/client-secrets-manager");
  for await (const { SecretList = [] } of paginateListSecrets(
    { client: await stack.clients.secrets() },
    { Filters: [{ Key: "tag-value", Values: [stack.name] }] },
  )) {
    for (const { ARN, Tags } of SecretList) {
      const tags = recordOf(Tags);
      if (ARN !== undefined && hasTags(tags, tagsOf(stack)) && isAdministratorSecretName(tags["Name"]))
        return ARN;
    }
  }
  throw new Failure(
    `The stack ${stack.name} of the project ${stack.project} has no administrator's secret in this account and region.`,
    "Check --stack, the credentials (aws sts get-caller-identity) and aws:region in the stack's file.",
  );
}
