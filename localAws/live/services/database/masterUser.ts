/**
 * The privileges of RDS's master user for MariaDB 11.4 and later. There is no SUPER and no FILE among them.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.UsersAndPrivileges.html
 */
export const masterPrivileges: readonly string[] = [
  ...["ALTER", "ALTER ROUTINE", "CREATE", "CREATE ROUTINE", "CREATE TEMPORARY TABLES", "CREATE USER"],
  ...["CREATE VIEW", "DELETE", "DROP", "EVENT", "EXECUTE", "INDEX", "INSERT", "LOCK TABLES", "PROCESS"],
  ...["REFERENCES", "RELOAD", "REPLICATION CLIENT", "REPLICATION SLAVE", "SELECT", "SHOW CREATE ROUTINE"],
  ...["SHOW DATABASES", "SHOW VIEW", "TRIGGER", "UPDATE"],
];

/** RDS's own administrator, who connects without a network. */
export const administrator = "rdsadmin";

export function quotedText(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\0", "\\0")}'`;
}

export function quotedName(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

/**
 * Creates the master user or changes its password, which invalidates the old one at once. RDS also restores its
 * privileges then. The statements are not written to the binary log, as RDS's are not.
 */
export function masterUserStatements(name: string, password: string): string {
  const user = `${quotedText(name)}@'%'`;
  return [
    "SET sql_log_bin = 0",
    "SET sql_mode = ''",
    `CREATE USER IF NOT EXISTS ${user}`,
    `ALTER USER ${user} IDENTIFIED BY ${quotedText(password)}`,
    `GRANT ${masterPrivileges.join(", ")} ON *.* TO ${user} WITH GRANT OPTION`,
  ].join(";\n");
}

/** In MariaDB's bootstrap mode, on new data: RDS's administrator replaces root, whom RDS does not have. */
export const administratorStatements = [
  "FLUSH PRIVILEGES",
  `CREATE USER ${administrator}@localhost IDENTIFIED VIA unix_socket AS 'root'`,
  `GRANT ALL ON *.* TO ${administrator}@localhost WITH GRANT OPTION`,
  "DROP USER IF EXISTS root@localhost",
]
  .map((statement) => `${statement};\n`)
  .join("");
