/**
 * The source of all rules in this pack. The limits come from the lab's README ("Service usage and other restrictions"),
 * which only its students can read; AWS Academy's public page describes the lab.
 */
export const fromTheLab = {
  url: "https://aws.amazon.com/training/awsacademy/",
  counterparts: { fsbp: [], checkov: [], cdkNag: [] },
} as const;
