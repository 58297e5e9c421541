import { z } from "zod";

/** What a golden image is made from and where; the same names are its state's. */
export const goldenImageInputs = z.strictObject({
  contentHash: z.string().regex(/^[0-9a-f]{6,64}$/, "6 to 64 hex digits over all that goes into the image"),
  baseImageId: z.string(),
  rootDeviceName: z.string(),
  instanceType: z.string(),
  subnetId: z.string(),
  securityGroupId: z.string(),
  publicAddress: z.boolean(),
  timeoutMinutes: z.number().positive(),
  region: z.string(),
  profile: z.string().optional(),
  tags: z.record(z.string(), z.string()),
});

export type GoldenImageInputs = z.output<typeof goldenImageInputs>;

/** What Pulumi keeps of a golden image: its inputs when it was baked, and its name. Older versions kept more. */
export const goldenImageState = z.object({ ...goldenImageInputs.shape, name: z.string() });

export type GoldenImageState = z.output<typeof goldenImageState>;
