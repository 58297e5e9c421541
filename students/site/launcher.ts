import type { FunctionConfiguration } from "@aws-sdk/client-lambda";

import type { StudentAccount } from "../account/account";
import { everyItem } from "../account/paging";
import { firingsAt, type Firing } from "./firings";

/** A Lambda function. */
export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  readonly runtime: string;
  readonly roleArn: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** Of the package as it was uploaded. */
  readonly codeBytes: number;
  /** `Active`, `Pending`, `Inactive`, `Failed`. */
  readonly state: string;
}

/** The function that launches servers, with what invokes it at times. */
export interface Launcher {
  readonly function: LambdaFunction;
  readonly firings: readonly Firing[];
}

/** The student's functions, by name. */
export async function functionsOf(account: StudentAccount): Promise<readonly LambdaFunction[]> {
  const lambda = await account.lambda();
  const { paginateListFunctions } = await import("@aws-sdk/client-lambda");
  const all = await everyItem(
    paginateListFunctions({ client: lambda }, {}),
    ({ Functions }) => Functions,
    ({ FunctionName }) => FunctionName,
  );
  const own: LambdaFunction[] = [];
  for (const found of all.map(lambdaFunction)) if (await isOwnFunction(account, found.arn)) own.push(found);
  return own;
}

function lambdaFunction(found: FunctionConfiguration): LambdaFunction {
  return {
    name: found.FunctionName ?? "",
    arn: found.FunctionArn ?? "",
    runtime: found.Runtime ?? "",
    roleArn: found.Role ?? "",
    memoryMegabytes: found.MemorySize ?? 0,
    timeoutSeconds: found.Timeout ?? 0,
    codeBytes: found.CodeSize ?? 0,
    state: found.State ?? "Active",
  };
}

async function isOwnFunction(account: StudentAccount, arn: string): Promise<boolean> {
  const { owner } = account;
  if (owner === undefined) return true;
  const { Tags = {} } = await (await account.lambda()).listTags({ Resource: arn });
  return Tags[owner.key] === owner.value;
}

/** The student's function with a cron schedule, else one with any schedule, else the first by name. */
export async function launcherOf(account: StudentAccount): Promise<Launcher | undefined> {
  const functions = await functionsOf(account);
  const launchers = await Promise.all(
    functions.map(async (each) => ({ function: each, firings: await firingsAt(account, each.arn) })),
  );
  return (
    launchers.find(({ firings }) => firings.some(({ expression }) => expression.startsWith("cron("))) ??
    launchers.find(({ firings }) => firings.length > 0) ??
    launchers[0]
  );
}
