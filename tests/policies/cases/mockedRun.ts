import { unknownStringValue } from "@pulumi/policy/proxy";
import * as pulumi from "@pulumi/pulumi";
import { setImmediate } from "node:timers/promises";

import type { StackResource } from "../../../policies/support/stack";
import { sendOutputDependencies } from "../../support/outputDependencies";
import { idOf, outputsOf, policyDocument } from "./acceptingProvider";
import type { PolicyCases } from "./case";
import { programOf, resourcePrefix } from "./partition";

/** The provider of a stack in the default region. */
const provider = { props: { region: "us-east-1" } };

/**
 * The resources of each program with their dependencies, as an update shows them, with ids and outputs, or as the first
 * preview does, which knows neither.
 */
export async function resourcesOf(
  cases: PolicyCases,
  { preview }: { readonly preview: boolean },
): Promise<ReadonlyMap<string, readonly StackResource[]>> {
  const registered: { type: string; name: string; urn: string; props: Record<string, unknown> }[] = [];
  const dependencies = new Map<string, Readonly<Record<string, readonly string[]>>>();
  const keyOf = (type: string, name: string) => `${type} ${name}`;
  await pulumi.runtime.setMocks(
    {
      call: (call) => {
        const args = toRecord(call.inputs);
        return call.token === "aws:iam/getPolicyDocument:getPolicyDocument"
          ? { json: policyDocument(args) }
          : args;
      },
      newResource: ({ type, name, inputs }) => {
        const id = idOf(type, name);
        const urn = `urn:pulumi:test::cases::${type}::${name}`;
        const given = entriesOf(inputs);
        const own = toRecord(given);
        if (preview) {
          registered.push({ type, name, urn, props: own });
          return { id: "", state: given };
        }
        const props: Record<string, unknown> = { ...outputsOf(type, id), ...own, id };
        registered.push({ type, name, urn, props });
        return { id, state: props };
      },
    },
    "cases",
    "test",
    preview,
  );
  sendOutputDependencies(new Map(), (request) => {
    const entries: Record<string, readonly string[]> = {};
    request.getPropertydependenciesMap().forEach((property, name) => {
      entries[name] = property.getUrnsList();
    });
    dependencies.set(keyOf(request.getType(), request.getName()), entries);
  });
  for (const [name, { program }] of Object.entries(cases)) program(resourcePrefix(name));
  await pulumi.runtime.disconnect();
  await setImmediate();
  const byUrn = new Map<string, StackResource>();
  for (const { urn, ...resource } of registered) {
    byUrn.set(urn, { ...resource, urn, provider, propertyDependencies: {} });
  }
  for (const resource of byUrn.values()) {
    const entries = Object.entries(dependencies.get(keyOf(resource.type, resource.name)) ?? {});
    const links = entries.map(([property, urns]) => [property, urns.flatMap((urn) => byUrn.get(urn) ?? [])]);
    Object.assign(resource.propertyDependencies, Object.fromEntries(links));
  }
  const byProgram = new Map<string, StackResource[]>();
  for (const resource of byUrn.values()) {
    const program = programOf(resource.name) ?? "";
    byProgram.set(program, [...(byProgram.get(program) ?? []), resource]);
  }
  return byProgram;
}

function entriesOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** Without the marks of secrets, and with the engine's placeholders, as a rule sees the values. */
function toRecord(value: unknown): Record<string, unknown> {
  const entries = Object.entries(entriesOf(value));
  return Object.fromEntries(entries.map(([name, each]) => [name, shown(unmarked(each))]));
}

function unmarked(value: unknown): unknown {
  const plain: unknown = pulumi.runtime.isRpcSecret(value) ? pulumi.runtime.unwrapRpcSecret(value) : value;
  return plain;
}

function shown(value: unknown): unknown {
  if (pulumi.isUnknown(value)) return unknownStringValue;
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shown(each)]));
}
