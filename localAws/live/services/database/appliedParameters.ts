import type { Parameters } from "./configuration";
import { changedNames, kindOf, kindsQuery, setStatement } from "./parameterChange";

/** The parameters of a running server. */
export class AppliedParameters {
  private values: Parameters = {};

  constructor(
    private readonly sql: (statements: string) => Promise<string>,
    private readonly log: (line: string) => void,
  ) {}

  /** The server has started with these. */
  async started(values: Parameters): Promise<void> {
    this.values = values;
    const names = Object.keys(values);
    const kinds = await this.sql(kindsQuery(names));
    for (const name of names) if (kindOf(kinds, name) === "unknown") this.logUnknown(name);
  }

  /** Applies what changed in the group: dynamic parameters at once, static ones at the next start. */
  async change(values: Parameters): Promise<void> {
    const names = changedNames(this.values, values);
    this.values = values;
    if (names.length === 0) return;
    const kinds = await this.sql(kindsQuery(names));
    for (const name of names) {
      const kind = kindOf(kinds, name);
      if (kind === "dynamic") await this.sql(setStatement(name, values[name]));
      else if (kind === "static") this.log(`${name} is static: it applies at the next reboot`);
      else this.logUnknown(name);
    }
  }

  private logUnknown(name: string): void {
    this.log(`parameter refused: ${name}: this MariaDB does not have it`);
  }
}
