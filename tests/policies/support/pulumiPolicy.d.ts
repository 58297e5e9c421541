import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** Modules of the policy SDK that its types omit. */
declare module "@pulumi/policy/proxy" {
  export function unknownCheckingProxy<Props extends object>(props: Props): Props;
  export class UnknownValueError extends Error {}
  export const unknownStringValue: string;
}

declare module "@pulumi/policy/deserialize" {
  export function deserializeProperties(properties: Struct, keepSecrets: boolean): object;
  export function serializeProperties(properties: object): Promise<object>;
}
