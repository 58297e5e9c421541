import { Failure } from "../../cli/failure";
import { hasTags, recordOf, tagsOf, type Stack } from "./stack";

/** The parts of a stack that hold the site's content. */
export interface Content {
  readonly database: {
    readonly identifier: string;
    /** RDS's state, e.g. `available`. */
    readonly status: string;
  };
  /** Shared uploads; `undefined` when each server keeps its own, or when they are not there. */
  readonly fileSystem: { readonly id: string; readonly arn: string } | undefined;
}

/**
 * Finds the stack's database and file system by their tags.
 * @throws Failure when the stack has no database, or two during a replacement.
 */
export async function findContent(stack: Stack): Promise<Content> {
  const [databases, fileSystem] = await Promise.all([databasesOf(stack), findFileSystem(stack)]);
  const [database, ...others] = databases;
  if (database === undefined) {
    throw new Failure(
      `The stack ${stack.name} of the project ${stack.project} has no database in this account and region.`,
      "Check --stack, the credentials (aws sts get-caller-identity) and aws:region in the stack's file.",
    );
  }
  if (others.length > 0) {
    const names = databases.map(({ identifier }) => identifier).join(", ");
    throw new Failure(
      `The stack ${stack.name} has ${String(databases.length)} databases: ${names}. An update that replaces the database has not ended.`,
      "Finish it with pulumi up, then run this again.",
    );
  }
  return { database, fileSystem };
}

async function databasesOf(stack: Stack): Promise<readonly Content["database"][]> {
  const { paginateDescribeDBInstances } = await import("@aws-sdk/client-rds");
  const found: Content["database"][] = [];
  for await (const { DBInstances = [] } of paginateDescribeDBInstances(
    { client: await stack.clients.rds() },
    {},
  )) {
    for (const { DBInstanceIdentifier: identifier, DBInstanceStatus: status = "", TagList } of DBInstances) {
      if (identifier !== undefined && hasTags(recordOf(TagList), tagsOf(stack)))
        found.push({ identifier, status });
    }
  }
  return found;
}

/** The stack's file system of shared uploads, by its tags; also when the stack lost its database. */
export async function findFileSystem(stack: Stack): Promise<Content["fileSystem"]> {
  const { paginateDescribeFileSystems } = await import("@aws-sdk/client-efs");
  for await (const { FileSystems = [] } of paginateDescribeFileSystems(
    { client: await stack.clients.efs() },
    {},
  )) {
    for (const { FileSystemId: id, FileSystemArn: arn, Tags } of FileSystems) {
      if (id !== undefined && arn !== undefined && hasTags(recordOf(Tags), tagsOf(stack))) return { id, arn };
    }
  }
  return undefined;
}
