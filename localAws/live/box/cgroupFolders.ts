import path from "node:path";

import { z } from "../../../cli/json";

/** The controllers that limit machines. */
export const controllers = ["cpu", "memory"] as const;
export type Controller = (typeof controllers)[number];

/** Writable folders for cgroups. */
export const cgroupFoldersSchema = z.object({
  /** Of cgroup v2; null where there is none. */
  unified: z.string().nullable(),
  /** Of cgroup v1's hierarchies, for the controllers that v2 does not have on this system. */
  v1: z.partialRecord(z.enum(controllers), z.string()),
});
export type CgroupFolders = Readonly<z.output<typeof cgroupFoldersSchema>>;

export function allFolders({ unified, v1 }: CgroupFolders): readonly string[] {
  return [...(unified === null ? [] : [unified]), ...Object.values(v1)];
}

/** Folders of this name in each of the folders. */
export function foldersIn({ unified, v1 }: CgroupFolders, name: string): CgroupFolders {
  const folders: Partial<Record<Controller, string>> = {};
  for (const controller of controllers) {
    const folder = v1[controller];
    if (folder !== undefined) folders[controller] = path.join(folder, name);
  }
  return { unified: unified === null ? null : path.join(unified, name), v1: folders };
}
