import { paginateGetResources } from "@aws-sdk/client-resource-groups-tagging-api";

import type { AccountClients } from "../account/clients";
import { everyItem } from "../account/paging";
import { foundByArn } from "./arns";
import { findConnected } from "./connected";
import { nameIn, type Found } from "./found";
import { findNetwork } from "./network";

/** What an account has of a student's stack. */
export interface FoundStack {
  readonly found: readonly Found[];
  /** The address range of its VPC. */
  readonly cidrBlock: string | undefined;
}

/**
 * Finds a stack's resources by the tags `Stack` and `ManagedBy` that the program gives each, and the untagged ones by
 * what they are connected to.
 * @param queueUrls the start of a queue's URL, e.g. `https://sqs.us-east-1.amazonaws.com`
 */
export async function findStack(
  clients: AccountClients,
  stackName: string,
  queueUrls: string,
): Promise<FoundStack> {
  const tagging = await clients.tagging();
  const mappings = await everyItem(
    paginateGetResources(
      { client: tagging },
      {
        TagFilters: [
          { Key: "Stack", Values: [stackName] },
          { Key: "ManagedBy", Values: ["pulumi"] },
        ],
      },
    ),
    ({ ResourceTagMappingList }) => ResourceTagMappingList,
    ({ ResourceARN }) => ResourceARN,
  );
  const tagged = mappings.flatMap(
    ({ ResourceARN = "", Tags }) => foundByArn(ResourceARN, nameIn(Tags), queueUrls) ?? [],
  );
  const network = await findNetwork(clients, stackName);
  const all = [...tagged, ...network.found];
  const connected = await findConnected(clients, stackName, all);
  return { found: unique([...all, ...connected]), cidrBlock: network.cidrBlock };
}

/** Some resources are found in two ways; the tagged one has the right name. */
function unique(found: readonly Found[]): readonly Found[] {
  return found.filter(
    ({ type, id }, index) => found.findIndex((other) => other.type === type && other.id === id) === index,
  );
}
