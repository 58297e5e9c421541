import { Failure, messageOf } from "../../cli/failure";
import type { CredentialsSource } from "../roster/roster";

/** Each service of AWS's has its own word for it, and providers hand the words on within theirs. */
const expired =
  /\b(?:ExpiredToken(?:Exception)?|RequestExpired)\b|security token included in the request is expired/i;
const unknown = /\b(?:InvalidClientTokenId|UnrecognizedClientException|AuthFailure)\b/;

/** Whether AWS refused the credentials themselves. */
export function isRefused(error: unknown): boolean {
  return refusalIn(textsOf(error)) !== undefined;
}

/**
 * What to tell of an error when the reason for it is that AWS refused the credentials; undefined when it is not.
 * @param told what the engine said besides
 * @param remedy what to do about it, as {@link renewal} has it
 */
export function refusedFailure(error: unknown, told: readonly string[], remedy: string): Failure | undefined {
  const refusal = refusalIn([...textsOf(error), ...told]);
  if (refusal === undefined) return undefined;
  const details = error instanceof Failure ? ` ${error.problem}` : "";
  return new Failure(`${refusal}${details}`, remedy, { cause: error });
}

/** One sentence for the refusal that one of the texts tells of. */
function refusalIn(texts: readonly string[]): string | undefined {
  if (texts.some((text) => expired.test(text))) return "The credentials have expired.";
  return texts.some((text) => unknown.test(text)) ? "AWS does not know the credentials." : undefined;
}

function textsOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [messageOf(error)];
  return [error.name, error.message, ...(error.cause === undefined ? [] : textsOf(error.cause))];
}

/** Where new credentials come from and where they go, by where the roster has them. */
export function renewal(source: CredentialsSource | undefined): string {
  switch (source?.kind) {
    case "environmentFile":
      return `Start the lab, copy what its page shows under AWS Details, AWS CLI, into ${source.path}, and run this again.`;
    case "profile":
      return `Renew the profile ${source.profile} (for a lab: paste what its page shows under AWS Details, AWS CLI, into ~/.aws/credentials as [${source.profile}]), and run this again.`;
    case "role":
      return `Renew your own credentials, with which ${source.roleArn} is assumed (aws sso login, or as you got them), and run this again.`;
    case undefined:
      return "Renew your own credentials (aws sso login, or as you got them), or give the student an environmentFile, and run this again.";
  }
}
