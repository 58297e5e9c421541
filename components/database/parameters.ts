import type * as aws from "@pulumi/aws";

import type { DatabaseSettings } from "./options";

type Parameter = aws.types.input.rds.ParameterGroupParameter;

/** What every version does otherwise than MariaDB on RDS does by default. All take effect without a restart. */
const always: readonly Parameter[] = [
  // All of Unicode, emoji too; the collation is the one that WordPress chooses for its tables.
  { name: "character_set_server", value: "utf8mb4" },
  { name: "collation_server", value: "utf8mb4_unicode_520_ci" },
  // Statements of 2 s and more go to CloudWatch Logs: what makes pages slow is seldom anything else.
  { name: "slow_query_log", value: "1" },
  { name: "long_query_time", value: "2" },
  { name: "log_output", value: "FILE" },
];

/** Of those, only 11.8 refuses connections without TLS by default. */
const tlsOnly: Readonly<Record<DatabaseSettings["engineVersion"], readonly Parameter[]>> = {
  "10.11": [{ name: "require_secure_transport", value: "ON" }],
  "11.4": [{ name: "require_secure_transport", value: "ON" }],
  "11.8": [],
};

/**
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mariadb-ssl-connections.require-ssl.html
 */
export function parametersOf(engineVersion: DatabaseSettings["engineVersion"]): Parameter[] {
  return [...tlsOnly[engineVersion], ...always];
}
