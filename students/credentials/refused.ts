import type { CredentialsSource } from "../roster/roster";

/** Each service of AWS's has its own word for it, and providers hand the words on within theirs. */
const expired =
  /\b(?:ExpiredToken(?:Exception)?|RequestExpired)\b|security token included in the request is expired/i;
const unknown = /\b(?:InvalidClientTokenId|UnrecognizedClientException|AuthFailure)\b/;

/** Whether AWS refused the credentials themselves, by what was thrown or what the engine told. */
export function refusalIn(texts: readonly string[]): "expired" | "unknown" | undefined {
  if (texts.some((text) => expired.test(text))) return "expired";
  return texts.some((text) => unknown.test(text)) ? "unknown" : undefined;
}

/** One sentence for it. */
export function refusalText(refusal: "expired" | "unknown"): string {
  return refusal === "expired" ? "The credentials have expired." : "AWS does not know the credentials.";
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
