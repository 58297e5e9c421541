import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import type { Properties } from "../../../localAws/providers/aws/resourceType";
import { handshake, unary } from "../../../localAws/providers/protocol/serve";
import { fromStruct, toStruct } from "../../../localAws/providers/protocol/struct";

/**
 * A provider that accepts every resource with any properties. A preview knows the inputs and nothing else, as with the
 * official provider; an update returns ids and the outputs that programs pass on.
 */
export function acceptingProvider() {
  return {
    ...handshake("7.48.0", () => undefined),
    checkConfig: unary((request: provider.CheckRequest) =>
      new provider.CheckResponse().setInputs(request.getNews()),
    ),
    diffConfig: unary(() => new provider.DiffResponse()),
    check: unary((request: provider.CheckRequest) =>
      new provider.CheckResponse().setInputs(request.getNews()),
    ),
    diff: unary(() => new provider.DiffResponse()),
    create: unary((request: provider.CreateRequest) => {
      const inputs = request.getProperties() ?? new Struct();
      if (request.getPreview()) return new provider.CreateResponse().setProperties(inputs);
      const type = request.getUrn().split("::").at(2)?.split("$").at(-1) ?? "";
      const id = idOf(type, request.getName());
      return new provider.CreateResponse()
        .setId(id)
        .setProperties(toStruct({ ...outputsOf(type, id), ...fromStruct(inputs), id }));
    }),
    delete: unary(() => new Empty()),
    invoke: unary((request: provider.InvokeRequest) => {
      const args = fromStruct(request.getArgs());
      const isPolicy = request.getTok() === "aws:iam/getPolicyDocument:getPolicyDocument";
      const answer = isPolicy ? { json: policyDocument(args) } : args;
      return new provider.InvokeResponse().setReturn(toStruct(answer));
    }),
  };
}

/** An id with the prefix that AWS gives the type's ids, where rules may read it. */
export function idOf(type: string, name: string): string {
  const prefixes: Readonly<Record<string, string>> = {
    InternetGateway: "igw-",
    EgressOnlyInternetGateway: "eigw-",
    NatGateway: "nat-",
    ManagedPrefixList: "pl-",
    SecurityGroup: "sg-",
  };
  return `${prefixes[type.split(":").at(-1) ?? ""] ?? ""}${type.split(":").at(-1) ?? ""}.${name}`;
}

/** The outputs of a type that programs pass on; an ARN has the service, which rules may read. */
export function outputsOf(type: string, id: string): Properties {
  const service = /^aws:([^/:]+)/.exec(type)?.[1] ?? "service";
  return {
    arn: `arn:aws:${service}:us-east-1:123456789012:${id}`,
    name: id,
    url: `https://${id}.example.com`,
    mainRouteTableId: `main-table-of-${id}`,
    defaultRouteTableId: `main-table-of-${id}`,
    defaultSecurityGroupId: `default-group-of-${id}`,
    primaryNetworkInterfaceId: `interface-of-${id}`,
  };
}

/** As `getPolicyDocument` returns it, without its check. */
export function policyDocument(args: object): string {
  const given: unknown = Reflect.get(args, "statements");
  const statements: readonly unknown[] = Array.isArray(given) ? given : [];
  const capitalized = (statement: unknown) =>
    Object.fromEntries(
      Object.entries(typeof statement === "object" && statement !== null ? statement : {}).map(
        ([name, each]: [string, unknown]) => [
          `${name.charAt(0).toUpperCase()}${name.slice(1).replace(/s$/, "")}`,
          each,
        ],
      ),
    );
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", ...capitalized(statement) })),
  });
}
