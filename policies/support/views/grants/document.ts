/** A principal of a statement: its kind, e.g. `AWS` or `Service`, and its identifier. */
export interface Principal {
  readonly kind: string;
  readonly id: string;
}

/** One comparison of a statement's Condition. */
export interface Condition {
  /** In lower case, e.g. `stringlike` or `foranyvalue:stringlike`. */
  readonly operator: string;
  /** In lower case, e.g. `aws:sourcearn`. */
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement of an IAM policy document. */
export interface Statement {
  /** Its path in the document, e.g. `Statement[0]`. */
  readonly at: string;
  readonly allows: boolean;
  /** `undefined` for NotAction. */
  readonly actions: readonly string[] | undefined;
  /** `undefined` for NotResource. */
  readonly resources: readonly string[] | undefined;
  /** `undefined` for NotPrincipal; empty in an identity's policy. */
  readonly principals: readonly Principal[] | undefined;
  /** Those of NotPrincipal. */
  readonly exceptedPrincipals: readonly Principal[];
  readonly conditions: readonly Condition[];
}

/**
 * The statements of a policy document, which is JSON or an object. A text that is not JSON has none; AWS refuses it
 * itself. Element names are read in any case.
 */
export function statementsOf(document: unknown): readonly Statement[] {
  const statements = listOf(element(parsed(document), "Statement"));
  return [...statements.keys()].map((index) => {
    const statement = statements.at(index);
    return {
      at: `Statement[${String(index)}]`,
      allows: element(statement, "Effect") === "Allow",
      actions: unlessNot(statement, "Action"),
      resources: unlessNot(statement, "Resource"),
      principals:
        element(statement, "NotPrincipal") === undefined ? principalsIn(statement, "Principal") : undefined,
      exceptedPrincipals: principalsIn(statement, "NotPrincipal"),
      conditions: conditionsOf(element(statement, "Condition")),
    };
  });
}

/** The list of an element; `undefined` when the statement has the negated element instead. */
function unlessNot(statement: unknown, name: string): readonly string[] | undefined {
  return element(statement, `Not${name}`) === undefined ? textsOf(element(statement, name)) : undefined;
}

function principalsIn(statement: unknown, name: string): readonly Principal[] {
  const principal = element(statement, name);
  if (typeof principal === "string") return [{ kind: "AWS", id: principal }];
  return entriesOf(principal).flatMap(([kind, ids]) => textsOf(ids).map((id) => ({ kind, id })));
}

function conditionsOf(condition: unknown): readonly Condition[] {
  return entriesOf(condition).flatMap(([operator, compared]) =>
    entriesOf(compared).map(([key, values]) => ({
      operator: operator.toLowerCase(),
      key: key.toLowerCase(),
      values: textsOf(values),
    })),
  );
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

function element(from: unknown, name: string): unknown {
  if (typeof from !== "object" || from === null) return undefined;
  const key = Object.keys(from).find((each) => each.toLowerCase() === name.toLowerCase());
  const value: unknown = key === undefined ? undefined : Reflect.get(from, key);
  return value;
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.keys(value).map((key): readonly [string, unknown] => [key, Reflect.get(value, key)]);
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** JSON allows booleans and numbers as the values of a condition. */
function textsOf(value: unknown): readonly string[] {
  return listOf(value).flatMap((each) =>
    typeof each === "string" || typeof each === "boolean" || typeof each === "number" ? [String(each)] : [],
  );
}
