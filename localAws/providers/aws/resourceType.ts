import type { OutputInstance } from "@pulumi/pulumi";

import type { AwsClients } from "./clients";

/** Property values of the provider protocol with secrets unwrapped: JSON, never `undefined`. */
export type PropertyValue =
  null | boolean | number | string | readonly PropertyValue[] | { readonly [name: string]: PropertyValue };

export type Properties = Readonly<Record<string, PropertyValue>>;

/**
 * The behaviour of an input property, from the official provider's documentation. An omitted value and an empty one
 * (`false`, 0, "", [] or {}) are the same, as in Terraform.
 */
export interface PropertyRule<Value = unknown> {
  /** AWS requires it. */
  readonly required?: true;
  /** AWS cannot change it in place: a change replaces the resource. */
  readonly replace?: true;
  /** The boolean input with which the program requests a replacement although AWS could change it in place. */
  readonly replaceWhen?: string;
  /** AWS chooses the value of an omitted property, so omitting it is no change. */
  readonly computed?: true;
  /** The default. */
  readonly default?: PropertyValue;
  /** The members are a set: their order does not matter. */
  readonly set?: true;
  /** A JSON document, compared by meaning. For a policy, order and single-value lists do not matter. */
  readonly json?: true | "policy";
  /** Normalizes a text to the provider's spelling, which AWS receives. Other spellings are no difference. */
  readonly spelling?: (written: string) => string;
  /** Secret in state and logs. */
  readonly secret?: true;
  /** If omitted, it is generated from the resource's name and a random suffix, within AWS's limits. */
  readonly autoName?: { readonly maxLength: number; readonly lowerCase?: true };
  /** Only controls the provider (e.g. `skipFinalSnapshot`). AWS does not return it, so the state keeps it. */
  readonly notReadable?: true;
  /**
   * For an object or a list of objects: every member and its behaviour (`required`, `computed`, `default`, `set`,
   * `json`, `spelling`, `nested`). Other members are an error that names them. Without it, all members are allowed.
   */
  readonly nested?: { readonly [Name in keyof Member<Value>]?: PropertyRule<Member<Value>[Name]> };
}

/** The resolved type of an argument; of a list, the type of its members. */
type Member<Value> = Plain<Value> extends readonly (infer Element)[] ? Plain<Element> : Plain<Value>;

type Plain<Value> = Value extends Promise<unknown> | OutputInstance<unknown> | null | undefined
  ? never
  : Value;

/** A problem of one property that AWS would refuse. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** A changed input property with its old and new value; `undefined` if absent. */
export interface Change {
  readonly id: string;
  /** The state: inputs and outputs, as last read. */
  readonly old: Properties;
  readonly new: Properties;
  /** Names of the inputs that differ from the state. */
  readonly changed: ReadonlySet<string>;
}

/**
 * The operations of an AWS resource type, as calls of AWS's API. `Args` are the arguments of the SDK's class, so that the
 * compiler refuses a property that the official provider does not have.
 */
export interface ResourceType<Args extends object = object> {
  /** E.g. `aws:ec2/subnet:Subnet`. */
  readonly token: string;
  /** Every supported input. Other inputs are an error that names them. */
  readonly properties: { readonly [Name in keyof Args]?: PropertyRule<Args[Name]> };
  /** Outputs (e.g. `latestVersion`) that a change of these inputs changes. They are unknown in a preview. */
  readonly renewedBy?: (changed: ReadonlySet<string>) => readonly string[];
  /** Problems that involve several properties. Called only with known values. */
  readonly check?: (inputs: Properties) => readonly CheckFailure[];
  readonly create: (aws: AwsClients, inputs: Properties) => Promise<{ readonly id: string }>;
  /**
   * The steps after `create`: settings that the create call does not accept, waiting until the resource is ready.
   * If it fails, the state keeps the resource as unfinished, and the next run continues.
   */
  readonly complete?: (aws: AwsClients, id: string, inputs: Properties) => Promise<void>;
  /**
   * The current inputs and outputs in AWS under the SDK's names; `undefined` if the resource does not exist.
   * `prior` is the previous state (empty for an import), for values that AWS does not return.
   */
  readonly read: (aws: AwsClients, id: string, prior: Properties) => Promise<Properties | undefined>;
  /**
   * Finds the resource of an id of `pulumi import`, if the official provider documents another id than the state's
   * (e.g. `subnet-1/rtb-1`); `undefined` if there is none, or the id is the state's.
   */
  readonly imported?: (aws: AwsClients, id: string) => Promise<Imported | undefined>;
  /** Changes in place; absent if every change replaces the resource. */
  readonly update?: (aws: AwsClients, change: Change) => Promise<void>;
  /** Also succeeds if the resource does not exist. */
  readonly delete: (aws: AwsClients, id: string, state: Properties) => Promise<void>;
}

/** A property's rule without its resource type, as the core uses it. */
export type Rule = Omit<PropertyRule, "nested"> & { readonly nested?: Rules };
export type Rules = Readonly<Record<string, Rule | undefined>>;

/** The start of an import. */
export interface Imported {
  readonly id: string;
  /** What `read` needs in addition to the id. */
  readonly prior: Properties;
}

/** Any resource type. */
export type AnyResourceType = Omit<ResourceType, "properties"> & { readonly properties: Rules };

/** A function of the SDK, e.g. `aws.getRegion`. */
export interface FunctionType {
  /** E.g. `aws:index/getRegion:getRegion`. */
  readonly token: string;
  /** Every supported argument. Other arguments are an error that names them. */
  readonly args: readonly string[];
  readonly invoke: (aws: AwsClients, args: Properties) => Promise<Properties>;
}
