import type { Database } from "../../world";
import { availableMemory } from "./classMemory";
import { valueOf } from "./formula";

/** By name, as in a parameter group. */
export type Parameters = Readonly<Record<string, string>>;

/**
 * The defaults of RDS's parameter groups for MariaDB that differ from MariaDB's own.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.html
 */
const rdsDefaults: Parameters = {
  key_buffer_size: "16777216",
  local_infile: "1",
  log_output: "TABLE",
  max_connections: "LEAST({DBInstanceClassMemory/25165760},12000)",
  performance_schema: "0",
};

/** From this major version on, RDS requires TLS by default. */
const tlsRequiredFrom = [11, 8] as const;

/**
 * A class's memory is not this machine's: RDS gives InnoDB three quarters of it. Sizes above these are lowered, and
 * `SHOW VARIABLES` reports what applies.
 */
const mostBytes: Readonly<Record<string, number>> = {
  innodb_buffer_pool_size: 64 * 1024 ** 2,
  innodb_log_buffer_size: 8 * 1024 ** 2,
  key_buffer_size: 16 * 1024 ** 2,
  aria_pagecache_buffer_size: 16 * 1024 ** 2,
};

/** Names that RDS sets itself, whatever a group contains. */
const reservedNames = new Set(
  [
    "basedir",
    "bind_address",
    "datadir",
    "log_error",
    "pid_file",
    "port",
    "secure_file_priv",
    "server_id",
    "socket",
  ]
    .concat(["skip_networking", "slow_query_log_file", "general_log_file", "tmpdir", "user", "init_file"])
    .concat(["ssl_ca", "ssl_cert", "ssl_key", "plugin_dir", "plugin_load", "plugin_load_add"]),
);

export type Wanted = Pick<
  Database,
  "engineVersion" | "instanceClass" | "allocatedStorageGiB" | "port" | "parameters"
>;

/** What the parameter group means for one instance. */
export interface Settled {
  readonly values: Parameters;
  /** Why a parameter of the group does not apply. */
  readonly refused: readonly string[];
}

/** RDS's defaults and the parameters of the group, with calculated formulas. */
export function settleParameters(wanted: Wanted): Settled {
  const variables = {
    DBInstanceClassMemory: availableMemory(wanted.instanceClass),
    AllocatedStorage: wanted.allocatedStorageGiB * 1024 ** 3,
    EndPointPort: wanted.port,
  };
  const values: Record<string, string> = {};
  const refused: string[] = [];
  const given = { ...rdsDefaults, ...tlsDefault(wanted.engineVersion), ...wanted.parameters };
  for (const [givenName, text] of Object.entries(given)) {
    const name = givenName.toLowerCase().replaceAll("-", "_");
    if (!/^[a-z][a-z0-9_]*$/.test(name) || /[\r\n\0]/.test(text)) {
      refused.push(`${JSON.stringify(givenName)}: not a name and value on one line`);
    } else if (reservedNames.has(name)) {
      refused.push(`${name}: RDS sets it itself`);
    } else {
      try {
        values[name] = limited(name, valueOf(text, variables));
      } catch (error) {
        refused.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  for (const [name, bytes] of Object.entries(mostBytes)) values[name] ??= String(bytes);
  return { values, refused };
}

function tlsDefault(engineVersion: string): Parameters {
  const [major = 0, minor = 0] = engineVersion.split(".").map(Number);
  const [fromMajor, fromMinor] = tlsRequiredFrom;
  const isRequired = major > fromMajor || (major === fromMajor && minor >= fromMinor);
  return { require_secure_transport: isRequired ? "ON" : "OFF" };
}

function limited(name: string, value: string): string {
  const most = mostBytes[name];
  return most !== undefined && /^\d+$/.test(value) ? String(Math.min(most, Number(value))) : value;
}

/** Where an instance's files are in the engine's root file system. */
export interface Files {
  readonly folder: string;
  readonly socket: string;
}

/** The configuration file of one instance. */
export function configurationOf({ folder, socket }: Files, port: number, parameters: Parameters): string {
  const own: Parameters = {
    basedir: "/usr",
    bind_address: "0.0.0.0",
    datadir: `${folder}/data`,
    log_error: `${folder}/log/error.log`,
    pid_file: `${socket}.pid`,
    port: String(port),
    secure_file_priv: `${folder}/files`,
    socket,
    slow_query_log_file: `${folder}/log/slow.log`,
    general_log_file: `${folder}/log/general.log`,
    ssl_cert: `${folder}/server.crt`,
    ssl_key: `${folder}/server.key`,
    tmpdir: "/tmp",
    skip_name_resolve: "ON",
    // A stopped process then has no write in the kernel: a snapshot is a copy of the files at one moment.
    innodb_use_native_aio: "OFF",
    // Not RDS's 128 MiB: each instance writes a log of this size at its creation.
    innodb_log_file_size: String(logFileBytes),
  };
  const line = ([name, value]: readonly [string, string]): string => `${name} = ${quoted(value)}`;
  return [
    "[mariadbd]",
    // With this prefix, the server warns of a name that it does not know, and starts.
    ...Object.entries(parameters).map(([name, value]) => line([`loose_${name}`, value])),
    ...Object.entries(own).map(line),
    "",
  ].join("\n");
}

export const logFileBytes = 16 * 1024 ** 2;

/** Option files read escapes, and `#` starts a comment. */
function quoted(value: string): string {
  return /^[\w./-]*$/.test(value) ? value : `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
