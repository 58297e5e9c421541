import type { OutputInstance } from "@pulumi/pulumi";

import type { AwsClients } from "./clients";

/** Property values as they cross the provider protocol, once secrets are unwrapped: JSON, never `undefined`. */
export type PropertyValue =
  null | boolean | number | string | readonly PropertyValue[] | { readonly [name: string]: PropertyValue };

export type Properties = Readonly<Record<string, PropertyValue>>;

/**
 * How one input property behaves; the provider's own documentation is the source of each fact.
 * Left out and empty (`false`, 0, "", [] or {}) are the same to the provider, as in Terraform.
 */
export interface PropertyRule<Value = unknown> {
  /** AWS refuses a call without it. */
  readonly required?: true;
  /** AWS cannot change it in place: a change replaces the resource. */
  readonly replace?: true;
  /** The input (a boolean) with which the program asks for a replacement where AWS could change in place. */
  readonly replaceWhen?: string;
  /** AWS settles it when it is left out, so that leaving it out is no change. */
  readonly computed?: true;
  /** What it is when left out. */
  readonly default?: PropertyValue;
  /** Order does not matter: the members are a set. */
  readonly set?: true;
  /** A JSON document: compared by meaning, not by its text. A policy's order and single values mean nothing. */
  readonly json?: true | "policy";
  /** The provider's own spelling of a text, in which AWS gets it; other spellings of it are no difference. */
  readonly spelling?: (written: string) => string;
  /** Kept out of plain state and logs. */
  readonly secret?: true;
  /** Left out, it is made from the resource's name and a random suffix, within AWS's limits. */
  readonly autoName?: { readonly maxLength: number; readonly lowerCase?: true };
  /** Only steers the provider (e.g. `skipFinalSnapshot`): AWS cannot be asked for it, so state keeps it. */
  readonly notReadable?: true;
  /**
   * For an object, or a list of objects: every member it takes and how that behaves (`required`, `computed`,
   * `default`, `set`, `json`, `spelling`, `nested`); any other is an error that names it. Without it members are free.
   */
  readonly nested?: { readonly [Name in keyof Member<Value>]?: PropertyRule<Member<Value>[Name]> };
}

/** What an argument holds once resolved; for a list, one of its members. */
type Member<Value> = Plain<Value> extends readonly (infer Element)[] ? Plain<Element> : Plain<Value>;

type Plain<Value> = Value extends Promise<unknown> | OutputInstance<unknown> | null | undefined
  ? never
  : Value;

/** One thing that AWS would refuse, by property. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** An input property that was changed, with what it was and shall be; `undefined` when absent. */
export interface Change {
  readonly id: string;
  /** The whole state: inputs and outputs as last read. */
  readonly old: Properties;
  readonly new: Properties;
  /** Names of the inputs that differ from the state. */
  readonly changed: ReadonlySet<string>;
}

/**
 * How one AWS resource type is kept in step with AWS, in AWS's own API calls. `Args` are the arguments of
 * the SDK's class, so that the compiler refuses a property which the real provider does not have.
 */
export interface ResourceType<Args extends object = object> {
  /** E.g. `aws:ec2/subnet:Subnet`. */
  readonly token: string;
  /** Every input this version of the emulator's provider takes; any other is an error that names it. */
  readonly properties: { readonly [Name in keyof Args]?: PropertyRule<Args[Name]> };
  /** Outputs (e.g. `latestVersion`) that a change of these inputs renews: unknown while it is previewed. */
  readonly renewedBy?: (changed: ReadonlySet<string>) => readonly string[];
  /** What AWS refuses beyond single properties; only called with known values. */
  readonly check?: (inputs: Properties) => readonly CheckFailure[];
  readonly create: (aws: AwsClients, inputs: Properties) => Promise<{ readonly id: string }>;
  /**
   * What comes after the call that made it: settings that the call does not take, waiting until it is ready.
   * When this fails, the resource is kept in the state, as unfinished, and the next run goes on from there.
   */
  readonly complete?: (aws: AwsClients, id: string, inputs: Properties) => Promise<void>;
  /**
   * Everything as AWS has it now: inputs and outputs under the SDK's names; `undefined` when it is gone.
   * `prior` is the state so far (empty for an import), for what AWS cannot be asked.
   */
  readonly read: (aws: AwsClients, id: string, prior: Properties) => Promise<Properties | undefined>;
  /**
   * The resource that `pulumi import` names, where the official provider documents another id for it than the state
   * has (e.g. `subnet-1/rtb-1`); `undefined` when there is none, or the id is the state's own.
   */
  readonly imported?: (aws: AwsClients, id: string) => Promise<Imported | undefined>;
  /** Changes in place; absent when every property replaces. */
  readonly update?: (aws: AwsClients, change: Change) => Promise<void>;
  /** Also succeeds when it is gone already. */
  readonly delete: (aws: AwsClients, id: string, state: Properties) => Promise<void>;
}

/** A property's rule when it no longer matters whose it is: what the core works with. */
export type Rule = Omit<PropertyRule, "nested"> & { readonly nested?: Rules };
export type Rules = Readonly<Record<string, Rule | undefined>>;

/** What an import begins with. */
export interface Imported {
  readonly id: string;
  /** What `read` needs to know besides the id. */
  readonly prior: Properties;
}

/** A resource type when it no longer matters which. */
export type AnyResourceType = Omit<ResourceType, "properties"> & { readonly properties: Rules };

/** A function of the SDK (`aws.getRegion` and such) by its token. */
export interface FunctionType {
  /** E.g. `aws:index/getRegion:getRegion`. */
  readonly token: string;
  /** Every argument it takes; any other is an error that names it. */
  readonly args: readonly string[];
  readonly invoke: (aws: AwsClients, args: Properties) => Promise<Properties>;
}
