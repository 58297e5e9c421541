import type * as aws from "@pulumi/aws";

type Parameter = aws.types.input.rds.ParameterGroupParameter;

/** What the server does otherwise than MariaDB on RDS does by default. All take effect without a restart. */
export const parameters: Parameter[] = [
  // Refuse connections without TLS; 11.8 does so by itself, the older ones do not.
  { name: "require_secure_transport", value: "1" },
  // All of Unicode, emoji too; the collation is the one that WordPress chooses for its tables.
  { name: "character_set_server", value: "utf8mb4" },
  { name: "collation_server", value: "utf8mb4_unicode_520_ci" },
  // Statements of 2 s and more go to CloudWatch Logs: what makes pages slow is seldom anything else.
  { name: "slow_query_log", value: "1" },
  { name: "long_query_time", value: "2" },
  { name: "log_output", value: "FILE" },
];
