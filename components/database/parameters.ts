import type * as aws from "@pulumi/aws";

import type { DatabaseSettings } from "./options";

type Parameter = aws.types.input.rds.ParameterGroupParameter;

/** Parameters of every version that differ from the defaults of RDS. None needs a restart. */
const always: readonly Parameter[] = [
  // All of Unicode, emoji too. WordPress uses this collation for its tables.
  { name: "character_set_server", value: "utf8mb4" },
  { name: "collation_server", value: "utf8mb4_unicode_520_ci" },
  // Statements of 2 s and more are logged to CloudWatch Logs: they are the usual reason for slow pages.
  { name: "slow_query_log", value: "1" },
  { name: "long_query_time", value: "2" },
  { name: "log_output", value: "FILE" },
];

/** Only 11.8 refuses connections without TLS by default. */
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
