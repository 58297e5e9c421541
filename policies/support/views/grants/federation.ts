import type { Condition, Statement } from "./document";
import { isEveryone } from "./openness";

/** A statement that lets every user of an identity provider in. */
export interface OpenFederation {
  readonly at: string;
  /** The provider's address, e.g. `token.actions.githubusercontent.com`. */
  readonly provider: string;
  /** The condition key that would limit its users. */
  readonly key: string;
}

/**
 * Providers whose tokens have the same audience for all of their customers: only the subject differs.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
const sharedIssuers: readonly string[] = [
  "token.actions.githubusercontent.com",
  "app.terraform.io",
  "gitlab.com",
  "agent.buildkite.com",
  "vstoken.dev.azure.com",
];

/** A cluster's tokens have one audience for all of its service accounts. */
const clusterIssuer = "oidc.eks.";

/**
 * Keys of providers that have others than `sub` and `aud`.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
const ownKeys: Readonly<Record<string, readonly string[]>> = {
  "graph.facebook.com": ["app_id", "id"],
  "www.amazon.com": ["app_id", "user_id"],
};

/** The statements that trust an OpenID Connect provider without a condition that limits its users. */
export function openFederations(statements: readonly Statement[]): readonly OpenFederation[] {
  return statements.flatMap(({ at, allows, principals = [], conditions }) =>
    principals.flatMap(({ kind, id }) => {
      const provider = providerOf(id);
      if (
        !allows ||
        kind.toLowerCase() !== "federated" ||
        isEveryone({ kind, id }) ||
        provider === undefined
      ) {
        return [];
      }
      const isShared = sharedIssuers.includes(provider) || provider.startsWith(clusterIssuer);
      const own = Object.hasOwn(ownKeys, provider) ? ownKeys[provider] : undefined;
      const keys = own ?? (isShared ? ["sub"] : ["sub", "aud"]);
      const isLimited = conditions.some((condition) =>
        keys.some((key) => condition.key === `${provider}:${key}` && namesUsers(condition, isShared)),
      );
      return isLimited ? [] : [{ at, provider, key: `${provider}:${keys.join(` or ${provider}:`)}` }];
    }),
  );
}

/** The provider's address in lower case; `undefined` for SAML, whose ARN is one organization's. */
function providerOf(id: string): string | undefined {
  const arn = /^arn:[^:]+:iam::[^:]*:oidc-provider\/(.+)$/.exec(id)?.[1];
  if (arn !== undefined) return arn.toLowerCase();
  return id.includes(":") || id.includes("/") ? undefined : id.toLowerCase();
}

/** A value without users: `*`, `repo:*`. */
const anyUser = /^(?:[a-z_]+:)?[*?]/i;
/** A value without a customer of a shared issuer: `repo:acme*` is also that of `acme-other`. */
const anyCustomer = /^(?:(?:system:serviceaccount|[a-z_]+):)?[^/:]*[*?]/i;

function namesUsers({ operator, values }: Condition, isShared: boolean): boolean {
  const any = isShared ? anyCustomer : anyUser;
  return (
    /^(?:foranyvalue:)?string(?:equals|equalsignorecase|like)$/.test(operator) &&
    values.length > 0 &&
    values.every((value) => !any.test(value) && value !== "")
  );
}
