import { z } from "../../../cli/json";
import { cgroupFoldersSchema } from "../box/cgroupFolders";

/** What the host process tells the region at its start, in a file. */
export const configSchema = z.object({
  /** Identifies this run of the region. */
  id: z.string(),
  /** Keeps disks, databases and logs; outlives the box. */
  folder: z.string(),
  /** The folder of the Unix sockets that the box shares with the host process. */
  sockets: z.string(),
  /** The emulator's port on the host; the region uses the same one in the box. */
  emulatorPort: z.int(),
  /** The memory that all machines together may use. */
  budgetMiB: z.int(),
  /** Whether the box has a user namespace: an ordinary user started it. */
  userNamespace: z.boolean(),
  /** For the machines. */
  cgroups: cgroupFoldersSchema,
  /** How many seconds one minute of CloudWatch takes: 60 is AWS's. */
  secondsPerMinute: z.number(),
});

export type RegionConfig = z.output<typeof configSchema>;
