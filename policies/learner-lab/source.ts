/**
 * What all rules of this pack share. The limits are those of the lab's own README ("Service usage and other
 * restrictions"), which only its students can open; AWS Academy's public page says what the lab is.
 */
export const fromTheLab = {
  url: "https://aws.amazon.com/training/awsacademy/",
  counterparts: { fsbp: [], checkov: [], cdkNag: [] },
} as const;
