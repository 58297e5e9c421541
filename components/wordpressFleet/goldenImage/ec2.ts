import type { EC2, Filter, Tag } from "@aws-sdk/client-ec2";

import { familyTag, nameTag, type ImageFamily } from "./naming";

/** The EC2 operations that a bake needs. The SDK's client implements them. */
export type Ec2 = Pick<
  EC2,
  | "createImage"
  | "createTags"
  | "deleteSnapshot"
  | "deleteTags"
  | "deregisterImage"
  | "describeImages"
  | "describeInstances"
  | "describeSnapshots"
  | "getConsoleOutput"
  | "paginateDescribeLaunchTemplateVersions"
  | "runInstances"
  | "terminateInstances"
>;

/** Shows progress to the user. */
export interface Progress {
  /** A line that stays. */
  readonly step: (message: string) => void;
  /** A line that the next one replaces. */
  readonly passing: (message: string) => void;
}

/** What every step uses. */
export interface Tools {
  readonly ec2: Ec2;
  readonly progress: Progress;
  /** Waits until the next request to AWS. @throws when the user stopped the run */
  readonly pause: () => Promise<void>;
}

export const tagsOf = (tags: readonly Tag[] | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));

export const toTags = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export const ofFamily = (family: ImageFamily): Filter => ({ Name: `tag:${familyTag}`, Values: [family] });

export const ofName = (name: string): Filter => ({ Name: `tag:${nameTag}`, Values: [name] });

/** Whether AWS returned one of these error codes, e.g. `InvalidAMIID.NotFound`. */
export function isRefusal(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && codes.includes(error.name);
}
