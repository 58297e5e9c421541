import { subnet } from "./ec2/subnet";
import { vpc } from "./ec2/vpc";
import type { AnyResourceType, FunctionType } from "./resourceType";
import type { Catalogue } from "./service";

/** Every resource type that the local provider knows; the program can use no other. */
const types: readonly AnyResourceType[] = [subnet, vpc];

/** Every function of the SDK that the local provider knows. */
const functions: readonly FunctionType[] = [];

export const catalogue: Catalogue = {
  types: new Map(types.map((type) => [type.token, type])),
  functions: new Map(functions.map((type) => [type.token, type])),
};
