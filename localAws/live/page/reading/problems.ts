import { codeOf, messageOf } from "../../../../cli/failure";
import type { Problem } from "../model/page";

/** A topic's error, and since when the topic fails. */
export interface TopicError {
  readonly topic: string;
  readonly error: unknown;
  readonly since: number;
}

const expired = /^(?:ExpiredToken(?:Exception)?|RequestExpired|TokenRefreshRequired)$/;
const unknown = /^(?:InvalidClientTokenId|UnrecognizedClientException|AuthFailure|SignatureDoesNotMatch)$/;
const denied = /^(?:AccessDenied(?:Exception)?|UnauthorizedOperation|OptInRequired)$/;
const throttled =
  /^(?:Throttling(?:Exception)?|RequestLimitExceeded|TooManyRequestsException|RequestThrottled)$/;
const unreachable = /^(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|TimeoutError)$/;

/** One sentence for each reason, however many topics it concerns. */
export function problemsOf(errors: readonly TopicError[], where: "local" | "aws"): readonly Problem[] {
  const byText = new Map<string, Problem>();
  for (const { topic, error, since } of errors) {
    const text = sentenceOf(topic, error, where);
    const known = byText.get(text);
    byText.set(text, { topic, text, since: Math.min(since, known?.since ?? since) });
  }
  return [...byText.values()];
}

function sentenceOf(topic: string, error: unknown, where: "local" | "aws"): string {
  const name = error instanceof Error ? error.name : "";
  const code = codeOf(error) ?? name;
  if (expired.test(name)) {
    return "The credentials have expired. Renew them (aws sso login; in a lab, copy AWS Details, AWS CLI, into ~/.aws/credentials), then start this command again.";
  }
  if (unknown.test(name)) {
    return "AWS does not know the credentials. Check the profile and the keys, then start this command again.";
  }
  if (name === "CredentialsProviderError") {
    return "There are no credentials. Set AWS_PROFILE, or sign in (aws sso login), then start this command again.";
  }
  if (denied.test(name)) {
    return `These credentials may not read ${topic} (${name}). The AWS managed policy ReadOnlyAccess allows it.`;
  }
  if (throttled.test(name)) return "AWS limits the number of requests. The page asks more slowly now.";
  if (unreachable.test(code)) {
    return where === "local"
      ? "The emulator does not answer. The page continues when it runs again: npm run local."
      : `AWS does not answer (${code}). The page continues when the network is back.`;
  }
  return `AWS did not answer about ${topic}: ${name === "" ? "" : `${name}: `}${messageOf(error)}`;
}

/** Whether asking again soon is useless or harmful: AWS throttles, or refuses the credentials. */
export function asksForPatience(error: unknown): boolean {
  const name = error instanceof Error ? error.name : "";
  return [throttled, expired, unknown, denied].some((reason) => reason.test(name));
}
