import { isResource, type AnyResource, type PropsOf, type ResourceOf, type Token } from "../resourceTypes";
import { on, type Findings, type Judgement } from "../rule";

/** A property that a rule judges: its name and its value, which a preview may not know. */
export interface Property<Value> {
  readonly at: string;
  readonly value: () => Value | undefined;
  /** What the service uses when the property is not set; `undefined` when that is not safe to rely on. */
  readonly default?: Value;
}

/** Where a database's subnets come from. */
export type SubnetSource =
  | { readonly at: string; readonly group: Token; readonly required: boolean }
  | { readonly at: string; readonly group: undefined };

/** A database of any of AWS's services, in one shape. A part is undefined where the service has no such property. */
export interface Database {
  /** A copy of another database, from which it has its data, its password and its encryption. */
  readonly isReplica: boolean;
  readonly isPublic?: Property<boolean>;
  readonly encrypted?: Property<boolean>;
  readonly deletionProtection?: Property<boolean>;
  readonly managedPassword?: Property<boolean>;
  /** The properties with a password. */
  readonly passwords: readonly string[];
  readonly backupDays?: Property<number>;
  readonly skipFinalSnapshot?: Property<boolean>;
  readonly subnets?: SubnetSource;
}

type View<T extends Token> = (props: PropsOf<T>) => Database;

/** One type of database. */
export interface DatabaseType {
  readonly token: Token;
  readonly viewOf: (resource: AnyResource) => Database | undefined;
  readonly on: <Values>(
    judge: (database: Database, values: Values, resource: AnyResource) => Findings,
  ) => Judgement<Values>;
}

/** Declares a type of database. */
export function databaseType<T extends Token>(token: T, view: View<T>): DatabaseType {
  const typed = (resource: ResourceOf<T>) => view(resource.props);
  return {
    token,
    viewOf: (resource) => (isResource(resource, token) ? typed(resource) : undefined),
    on: (judge) => on(token, (props, values, resource) => judge(view(props), values, resource)),
  };
}
