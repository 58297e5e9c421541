import { z } from "zod";

const size = z.int().min(0);

/** The inputs of a {@link GroupSize}; its state has the same properties. */
export const groupSizeInputs = z.object({
  groupName: z.string(),
  minSize: size,
  maxSize: size,
  desiredCapacity: size,
  enforced: z.boolean(),
  endsAt: z.string().optional(),
  region: z.string(),
  profile: z.string().optional(),
});

export type GroupSizeInputs = z.output<typeof groupSizeInputs>;
