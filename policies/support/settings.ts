import type { PolicyConfigSchema } from "@pulumi/policy";

type PropertySchema = PolicyConfigSchema["properties"][string];

/** A threshold of a rule: its schema for the engine, and its typed value for the rule. */
export interface Setting<Value> {
  readonly schema: PropertySchema & { readonly description: string };
  readonly default: Value;
  /** Whether a configured value is of the setting's type; the engine has checked it against the schema. */
  readonly accepts: (value: unknown) => value is Value;
}

export type Settings = Readonly<Record<string, Setting<unknown>>>;

export type ValuesOf<S extends Settings> = {
  readonly [Name in keyof S]: S[Name] extends Setting<infer Value> ? Value : never;
};

/** A whole number; `description` says of what, with its unit. */
export function wholeNumber(options: {
  readonly default: number;
  readonly minimum: number;
  readonly maximum?: number;
  readonly description: string;
}): Setting<number> {
  return {
    schema: { type: "integer", ...options },
    default: options.default,
    accepts: (value): value is number => Number.isInteger(value),
  };
}

/** A list of words. */
export function words(options: {
  readonly default: readonly string[];
  readonly description: string;
}): Setting<readonly string[]> {
  return {
    schema: { type: "array", items: { type: "string" }, ...options, default: [...options.default] },
    default: options.default,
    accepts: (value): value is readonly string[] =>
      Array.isArray(value) && value.every((each) => typeof each === "string"),
  };
}

/** A list of whole numbers between the bounds. */
export function wholeNumbers(options: {
  readonly default: readonly number[];
  readonly minimum: number;
  readonly maximum: number;
  readonly description: string;
}): Setting<readonly number[]> {
  const { minimum, maximum, description } = options;
  return {
    schema: {
      type: "array",
      items: { type: "integer", minimum, maximum },
      description,
      default: [...options.default],
    },
    default: options.default,
    accepts: (value): value is readonly number[] =>
      Array.isArray(value) && value.every((each) => typeof each === "number"),
  };
}

/** The settings as the policy SDK declares them to the engine. */
export function configSchemaOf(settings: Settings): PolicyConfigSchema {
  return {
    properties: Object.fromEntries(Object.entries(settings).map(([name, { schema }]) => [name, schema])),
  };
}

/**
 * The settings' values: the configured ones, our own for the rest.
 * @throws TypeError that names the rule and the setting, for a name that is no setting or a wrong value.
 */
export function valuesOf<S extends Settings>(rule: string, settings: S, config: object): ValuesOf<S>;
export function valuesOf(
  rule: string,
  settings: Settings,
  config: object,
): Readonly<Record<string, unknown>> {
  const names = Object.keys(settings);
  for (const name of Object.keys(config)) {
    if (!names.includes(name)) {
      throw new TypeError(
        `Policy ${rule}: there is no setting "${name}". Settings: ${names.join(", ") || "none"}.`,
      );
    }
  }
  return Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => {
      const value: unknown = Reflect.get(config, name);
      if (value === undefined) return [name, setting.default];
      if (setting.accepts(value)) return [name, value];
      throw new TypeError(
        `Policy ${rule}: setting "${name}" is ${JSON.stringify(value)}. Allowed: ${setting.schema.description}`,
      );
    }),
  );
}
