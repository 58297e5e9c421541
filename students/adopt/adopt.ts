import type { Stack } from "@pulumi/pulumi/automation";

import { counted } from "../../cli/counted";
import { Failure } from "../../cli/failure";
import { z } from "../../cli/json";
import { namespace } from "../../components/settings/namespace";
import { previewStack } from "../../engine/engine";
import { runEngine, type EngineContext, type EngineSession } from "../../engine/engineRun";
import type { ChangedResource } from "../../engine/run";
import type { StackSession } from "../../engine/stackSession";
import type { AccountClients } from "../account/clients";
import { findStack } from "./findStack";
import { createdAgain, type Imports } from "./importing";

/** A student's account, for an adoption. */
export interface Adoption {
  readonly session: EngineSession & Pick<StackSession, "stack" | "stackName">;
  readonly imports: Imports;
  readonly clients: AccountClients;
  /** The start of a queue's URL, e.g. `https://sqs.us-east-1.amazonaws.com`. */
  readonly queueUrls: string;
}

/** The result of an adoption. */
export interface Adopted {
  /** The number of resources in Pulumi's state afterwards. */
  readonly resources: number;
  /** The address range of the stack's VPC, which the student keeps. */
  readonly cidrBlock: string | undefined;
}

/**
 * Writes Pulumi's state of a stack again from what the account has, and updates what differs from the settings. It
 * sets the group's notification and size again, which Pulumi cannot import.
 *
 * @returns undefined when the account has nothing of the stack
 * @throws Failure when the account lacks a resource, or when the settings need another one; nothing was changed then
 */
export async function adopt(
  { session, imports, clients, queueUrls }: Adoption,
  context: EngineContext,
): Promise<Adopted | undefined> {
  const { stack, stackName } = session;
  const { found, cidrBlock } = await context.steps.run("finding the stack's resources", () =>
    findStack(clients, stackName, queueUrls),
  );
  if (found.length === 0) return undefined;
  imports.set(found);
  if (cidrBlock !== undefined) await useBlock(stack, cidrBlock);
  const planned = await runEngine(context, session, {
    title: "checking what can be imported",
    isPreview: true,
    run: (options) => previewStack(stack, options),
  });
  const missing = planned.changes.filter(
    ({ change, type }) => change === "created" && type.startsWith("aws:") && !createdAgain.has(type),
  );
  if (missing.length > 0) throw incomplete(stackName, found.length, missing);
  const replaced = planned.changes.filter(({ change }) => change === "replaced");
  if (replaced.length > 0) throw different(stackName, replaced);
  const { resources } = await runEngine(context, session, {
    title: "importing",
    run: (options) => stack.up(options),
  });
  return { resources, cidrBlock };
}

/** The address range of the VPC, whatever a lost folder had assigned. */
async function useBlock(stack: Stack, cidrBlock: string): Promise<void> {
  const key = `${namespace}:network`;
  const { config = {} } = await stack.workspace.stackSettings(stack.name);
  const network = groupSchema.parse(config[key] ?? {});
  const settings = await stack.workspace.stackSettings(stack.name);
  const given: Record<string, unknown> = { ...config, [key]: { ...network, cidrBlock } };
  await stack.workspace.saveStackSettings(stack.name, Object.assign(settings, { config: given }));
}

const groupSchema = z.record(z.string(), z.unknown());

function different(stackName: string, replaced: readonly ChangedResource[]): Failure {
  const names = replaced
    .map(({ type, name, properties }) => `  ${type} ${name}: ${properties.join(", ")}`)
    .join("\n");
  return new Failure(
    `The settings of ${stackName} need other resources than the account has; the engine would replace these:\n${names}`,
    "Give the settings that the stack was created with, then run adopt again. Nothing was changed.",
  );
}

function incomplete(stackName: string, found: number, missing: readonly ChangedResource[]): Failure {
  const names = missing.map(({ type, name }) => `  ${type} ${name}`).join("\n");
  return new Failure(
    `The account has ${counted(found, "resource")} of the stack ${stackName}, but not these, which the engine would create:\n${names}`,
    "Restore them with the same tags (Stack, ManagedBy, Name) and run adopt again; or delete the stack's resources in the console, and run up.",
  );
}
