import { z } from "zod";

const size = z.int().min(0);

/** What a group's size is set to; the same names are its state's. */
export const groupSizeInputs = z.object({
  groupName: z.string(),
  minSize: size,
  maxSize: size,
  desiredCapacity: size,
  enforced: z.boolean(),
  region: z.string(),
  profile: z.string().optional(),
});

export type GroupSizeInputs = z.output<typeof groupSizeInputs>;
