/** Whether an IAM pattern with `*` and `?` matches a text, in any case. */
export function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "is").test(text);
}

/** Whether a pattern has no text of its own, such as `*`, `**` or `?*`. */
export function isWild(pattern: string): boolean {
  return /^[*?]*\*[*?]*$/.test(pattern);
}

/** Services in whose ARNs the first part of the resource is its name, not its type. */
const namedFirst: readonly string[] = ["codepipeline", "execute-api", "neptune-db", "s3", "sns", "sqs"];

/** The parts of a resource pattern; those that it omits are wild: `*` at the end of an ARN crosses colons. */
export function arnParts(resource: string): {
  readonly service: string;
  readonly account: string;
  /** The names in the resource, without its type, e.g. `["mine"]` for `role/mine`. */
  readonly names: readonly string[];
} {
  const [, , service = "*", , account = "*", ...rest] = resource.split(":");
  const parts = rest.join(":").split(/[/:]/);
  const typed = parts.length > 1 && !namedFirst.includes(service.toLowerCase());
  return { service, account, names: typed ? parts.slice(1) : parts };
}

/** Whether a pattern names a resource, at least in part. `*`, `arn:aws:s3:::*` and `arn:aws:iam::*:role/*` do not. */
export function namesResource(resource: string): boolean {
  return arnParts(resource).names.some((name) => /[^*?]/.test(name));
}

/** How many patterns such as `a*`, one for each first character, count as `*`: half of the alphabet. */
const alphabet = 13;

/**
 * The patterns that together mean every resource: those that name none, and as many patterns for one first character as
 * half of the alphabet.
 *
 * @param resources `undefined` for NotResource.
 */
export function everyResource(resources: readonly string[] | undefined): readonly string[] {
  if (resources === undefined) return ["*"];
  const initials = resources.filter((resource) =>
    arnParts(resource).names.every((name, index) =>
      index === 0 ? /^[^*?][*?]*\*[*?]*$/.test(name) : isWild(name),
    ),
  );
  const wide = resources.filter((resource) => !namesResource(resource));
  return initials.length < alphabet ? wide : [...wide, ...initials];
}
