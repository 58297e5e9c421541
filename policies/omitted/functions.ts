import type { OmittedControls } from "./omittedControls";

/** For functions. */
export const functions: readonly OmittedControls[] = [
  {
    ids: ["Lambda.5", "CKV_AWS_117"],
    what: "Functions in a VPC, over several zones",
    why: "The launcher calls only AWS's API; in a VPC it would need a NAT gateway or more endpoints.",
  },
  {
    ids: ["CKV_AWS_50", "CKV_AWS_115", "CKV_AWS_116", "CKV_AWS_272"],
    what: "Tracing, reserved concurrency, a dead-letter queue, signed code",
    why: "The launcher has a queue for failures; a Learner Lab has ten concurrent executions in total and no code signing.",
  },
  {
    ids: ["CKV_AWS_338"],
    what: "Logs kept for a year",
    why: "It adds cost. lambda-log-retention requires a retention; the configuration sets the longest one.",
  },
  {
    ids: ["CKV2_AWS_75"],
    what: "No open CORS policy of a function URL",
    why: "CORS limits browsers, not callers. A function URL without authentication is refused by itself.",
  },
  {
    ids: ["CKV_AWS_364"],
    what: "Permissions of functions with a source",
    why: "no-public-resource-policies asks for one where another account could be the source, as with S3, SNS and API Gateway. Other services call for the own account.",
  },
];
