/** Resources that must exist in an account before a stack, by name. Users create them, or the account's owner. */
export interface Prerequisites {
  readonly hostedZones: readonly string[];
  /** Names with paths, e.g. `service-role/LabRole`. */
  readonly roles: readonly string[];
  readonly instanceProfiles: readonly string[];
  readonly keyPairs: readonly string[];
}

/** The resources that a stack's settings name and that the stack does not create. */
export function prerequisitesOf(config: Readonly<Record<string, unknown>>): Prerequisites {
  const fleet = config["wordpress:fleet"];
  const launcher = config["wordpress:launcher"];
  const role = textIn(launcher, "existingRoleArn")?.match(/^arn:[^:]+:iam::\d{12}:role\/(.+)$/)?.[1];
  return {
    hostedZones: given(textIn(memberOf(fleet, "domain"), "hostedZoneName")),
    roles: given(role),
    instanceProfiles: given(textIn(fleet, "instanceProfileName")),
    keyPairs: given(textIn(fleet, "keyPairName"), textIn(launcher, "keyPairName")),
  };
}

/** Each name once, without missing ones. */
function given(...names: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(names.filter((name) => name !== undefined))];
}

function textIn(value: unknown, name: string): string | undefined {
  const member = memberOf(value, name);
  return typeof member === "string" ? member : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
