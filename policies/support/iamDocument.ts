/** An `Allow` statement of an IAM policy. */
export interface Allowing {
  /** Its path in the document, e.g. `Statement[0]`. */
  readonly at: string;
  /** The allowed actions; `undefined` for NotAction. */
  readonly actions: readonly string[] | undefined;
  /** The resources; `undefined` for NotResource. */
  readonly resources: readonly string[] | undefined;
  /** The condition keys of its StringEquals conditions, in lower case, e.g. `ses:fromaddress`. */
  readonly equalKeys: readonly string[];
}

/**
 * The `Allow` statements of a policy document. A document that is not JSON has none; AWS refuses it itself.
 */
export function allowingStatements(document: unknown): readonly Allowing[] {
  const statements = property(parsed(document), "Statement");
  return listOf(statements).flatMap((statement, index) =>
    property(statement, "Effect") === "Allow"
      ? [
          {
            at: `Statement[${String(index)}]`,
            actions: wordsOf(property(statement, "Action")),
            resources: wordsOf(property(statement, "Resource")),
            equalKeys: equalKeysOf(property(statement, "Condition")),
          },
        ]
      : [],
  );
}

/** Whether an action pattern with `*` and `?` matches an action. */
export function matches(pattern: string, action: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "i").test(action);
}

/** Not `…IfExists`: such a condition is also true when the request has no such key. */
function equalKeysOf(condition: unknown): readonly string[] {
  return ["StringEquals", "StringEqualsIgnoreCase"].flatMap((operator) => {
    const compared = property(condition, operator);
    const keys = typeof compared === "object" && compared !== null ? Object.keys(compared) : [];
    return keys.map((key) => key.toLowerCase());
  });
}

function parsed(document: unknown): unknown {
  if (typeof document !== "string") return document;
  try {
    return JSON.parse(document);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function property(from: unknown, name: string): unknown {
  if (typeof from !== "object" || from === null) return undefined;
  const value: unknown = Reflect.get(from, name);
  return value;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function wordsOf(value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  return listOf(value).filter((each) => typeof each === "string");
}
