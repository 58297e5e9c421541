/** One statement of an IAM policy that allows something. */
export interface Allowing {
  /** Where it stands in the document, e.g. `Statement[0]`. */
  readonly at: string;
  /** The actions it allows; `undefined` when it allows all but some (NotAction). */
  readonly actions: readonly string[] | undefined;
  /** The resources it allows them on; `undefined` when it is all but some (NotResource). */
  readonly resources: readonly string[] | undefined;
  /** The keys that its conditions compare for equality, in lower case, e.g. `ses:fromaddress`. */
  readonly equalKeys: readonly string[];
}

/**
 * The statements of a policy document that allow something; a document that is no JSON has none, and AWS
 * refuses it by itself.
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

/** Whether an action, in which `*` and `?` stand for anything, takes in the given one. */
export function takesIn(pattern: string, action: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "i").test(action);
}

/** An `…IfExists` condition also holds where there is no such key, so it fixes nothing. */
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
