import { Failure, messageOf } from "../../cli/failure";
import type { CredentialsSource } from "../roster/roster";

/**
 * Each AWS service has its own error code for expired credentials, and providers include the code in their messages.
 */
const expired =
  /\b(?:ExpiredToken(?:Exception)?|RequestExpired)\b|security token included in the request is expired/i;
const unknown = /\b(?:InvalidClientTokenId|UnrecognizedClientException|AuthFailure)\b/;

/** Whether AWS refused the credentials themselves. */
export function isRefused(error: unknown): boolean {
  return refusalIn(textsOf(error)) !== undefined;
}

/**
 * The failure to report when AWS refused the credentials; undefined for another error.
 * @param messages the engine's messages
 * @param remedy the sentence of {@link renewal}
 */
export function refusedFailure(
  error: unknown,
  messages: readonly string[],
  remedy: string,
): Failure | undefined {
  const refusal = refusalIn([...textsOf(error), ...messages]);
  if (refusal === undefined) return undefined;
  const details = error instanceof Failure ? ` ${error.problem}` : "";
  return new Failure(`${refusal}${details}`, remedy, { cause: error });
}

/** The refusal that one of the texts reports, as one sentence. */
function refusalIn(texts: readonly string[]): string | undefined {
  if (texts.some((text) => expired.test(text))) return "The credentials have expired.";
  return texts.some((text) => unknown.test(text)) ? "AWS does not know the credentials." : undefined;
}

function textsOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [messageOf(error)];
  return [error.name, error.message, ...(error.cause === undefined ? [] : textsOf(error.cause))];
}

/** How to renew credentials, by their source in the roster. */
export function renewal(source: CredentialsSource | undefined): string {
  switch (source?.kind) {
    case "environmentFile":
      return `Start the lab, copy the text under AWS Details, AWS CLI, into ${source.path}, and run the command again.`;
    case "profile":
      return `Renew the profile ${source.profile} (for a lab: paste the text under AWS Details, AWS CLI, into ~/.aws/credentials as [${source.profile}]), and run the command again.`;
    case "role":
      return `Renew your own credentials, which assume ${source.roleArn} (aws sso login, or as you got them), and run the command again.`;
    case undefined:
      return "Renew your own credentials (aws sso login, or as you got them), or give the student an environmentFile, and run the command again.";
  }
}
