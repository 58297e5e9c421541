import type { Finding } from "../../support/finding";
import { resourceRule, type Judgement } from "../../support/rule";
import { decodedUserData, secretIn, secretOf } from "../../support/secrets/text";
import { hasReadableText, judgeReadable } from "../../support/views/readableTexts";

export const noPlainSecrets = resourceRule(
  {
    name: "no-plain-secrets",
    displayName: "No secrets in user data and environments",
    description:
      "User data, scripts, inputs, definitions and the environment of functions, containers, builds and jobs contain no passwords, keys or tokens.",
    why: "Everyone who may describe an instance, a launch template or a function reads them, and every process on a server can read its user data. They are also in the stack's state and in logs.",
    severity: "high",
    topics: ["credentials"],
    fix: "Store the secret in Secrets Manager or as a SecureString, pass its ARN, and read it at run time with the role. Replace a secret that was in plain text.",
    url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html",
    counterparts: {
      fsbp: ["CodeBuild.2", "ECS.8"],
      checkov: ["CKV_AWS_45", "CKV_AWS_46", "CKV_AWS_384"],
      cdkNag: [],
    },
    settings: {},
  },
  [onReadableText()],
);

function onReadableText(): Judgement<object> {
  return {
    appliesTo: hasReadableText,
    judge: (resource) =>
      judgeReadable(resource, {
        text: (text, at) => findings(secretIn(decodedUserData(text)), at),
        variable: (name, value, at) => findings(secretOf(name, value), at),
      }),
  };
}

/** The message states the kind of secret, not the secret. */
function findings(secret: string | undefined, at: string): readonly Finding[] {
  return secret === undefined
    ? []
    : [{ at, value: secret, allowed: "no secret, but where to read it, e.g. an ARN" }];
}
