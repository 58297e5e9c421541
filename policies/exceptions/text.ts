import type { Grant } from "./exception";
import type { Answer } from "./match";

/** The name of the policy, in each pack, that reports excepted violations; its level is `advisory`. */
export const exceptedPolicy = "excepted";

/** An excepted violation, as the engine's output states it. */
export interface Excepted {
  readonly rule: string;
  readonly until: string;
  readonly reason: string;
  readonly owner: string;
  /** The message of the violation. */
  readonly message: string;
}

/** The message of an excepted violation; {@link exceptedIn} reads it. */
export function describeExcepted({ rule, until, reason, owner, message }: Excepted): string {
  return `${rule}: excepted until ${until}, because ${withoutStop(reason)}. Owner: ${withoutStop(owner)}.\n${message}`;
}

/** Reads the message that the engine reports: the policy's description, then {@link describeExcepted}. */
export function exceptedIn(text: string): Excepted | undefined {
  const found = /^(\S+): excepted until (\S+), because (.*)\. Owner: (.*)\.$\n?([^]*)/m.exec(text);
  if (found === null) return undefined;
  const [, rule = "", until = "", reason = "", owner = "", message = ""] = found;
  return { rule, until, reason, owner, message };
}

/** The sentence that precedes a violation which an exception does not cover, although it is about it. */
export function describeAnswer(
  answer: Exclude<Answer<Grant>, { readonly kind: "excepted" }>,
): readonly string[] {
  switch (answer.kind) {
    case "none":
      return [];
    case "ended": {
      const { until, owner } = answer.grant;
      return [
        `The exception for it ended on ${until} (owner: ${owner}): fix the violation, or set a later \`until\`.`,
      ];
    }
    case "several":
      return [
        `The exception for it (owner: ${answer.grant.owner}) does not cover it, because the rule finds ` +
          `${String(answer.findings)} things here: add \`at\` with the property that it is about.`,
      ];
  }
}

function withoutStop(text: string): string {
  return text.trim().replace(/\.+$/, "");
}
