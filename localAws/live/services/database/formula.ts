/** The variables of RDS's formulas. */
export interface FormulaVariables {
  readonly DBInstanceClassMemory: number;
  readonly AllocatedStorage: number;
  readonly EndPointPort: number;
}

const functions: Readonly<Record<string, (values: readonly number[]) => number>> = {
  GREATEST: (values) => Math.max(...values),
  LEAST: (values) => Math.min(...values),
  SUM: (values) => values.reduce((sum, each) => sum + each, 0),
};

/**
 * The value of a parameter: text, or a formula such as `LEAST({DBInstanceClassMemory/25165760},12000)`.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ParamValuesRef.html
 */
export function valueOf(text: string, variables: FormulaVariables): string {
  if (!/^\s*(?:\{|(?:GREATEST|LEAST|SUM)\s*\()/i.test(text)) return text;
  return String(Math.floor(new Reader(text, variables).whole()));
}

/** Reads one formula. RDS's grammar: one operator for each pair of braces, and functions of values. */
class Reader {
  private readonly tokens: readonly string[];
  private next = 0;

  constructor(
    private readonly text: string,
    private readonly variables: FormulaVariables,
  ) {
    this.tokens = text.match(/[A-Za-z]+|\d+(?:\.\d+)?|[{}()*/+\-,]|\S/g) ?? [];
  }

  whole(): number {
    const value = this.sum();
    if (this.next < this.tokens.length) this.refuse();
    if (!Number.isFinite(value)) throw new Error(`The formula "${this.text}" has no finite value.`);
    return value;
  }

  private sum(): number {
    let value = this.product();
    for (;;) {
      if (this.takes("+")) value += this.product();
      else if (this.takes("-")) value -= this.product();
      else return value;
    }
  }

  private product(): number {
    let value = this.operand();
    for (;;) {
      if (this.takes("*")) value *= this.operand();
      else if (this.takes("/")) value /= this.operand();
      else return value;
    }
  }

  private operand(): number {
    const token = this.tokens[this.next] ?? "";
    this.next += 1;
    if (/^\d/.test(token)) return Number(token);
    if (token === "{") return this.closed("}");
    if (token === "(") return this.closed(")");
    const called = functions[token.toUpperCase()];
    if (called !== undefined && this.takes("(")) return called(this.list());
    for (const [name, value] of Object.entries(this.variables)) {
      if (name.toLowerCase() === token.toLowerCase()) return Number(value);
    }
    return this.refuse();
  }

  private closed(by: string): number {
    const value = this.sum();
    if (!this.takes(by)) this.refuse();
    return value;
  }

  private list(): readonly number[] {
    const values = [this.sum()];
    while (this.takes(",")) values.push(this.sum());
    if (!this.takes(")")) this.refuse();
    return values;
  }

  private takes(token: string): boolean {
    if (this.tokens[this.next] !== token) return false;
    this.next += 1;
    return true;
  }

  private refuse(): never {
    throw new Error(
      `"${this.text}" is not a formula of RDS. Allowed: numbers, DBInstanceClassMemory, AllocatedStorage, EndPointPort, the operators * / + - in braces, and GREATEST, LEAST, SUM.`,
    );
  }
}
