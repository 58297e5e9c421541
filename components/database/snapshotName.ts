import { text } from "../settings/kinds";

const account = /\d{12}/.source;
const name = /[A-Za-z](?:-?[A-Za-z0-9]){0,254}/.source;
const arn = `arn:aws(?:-[a-z]+)*:rds:[a-z0-9-]+:${account}:snapshot:(?:rds:)?${name}`;

/**
 * A snapshot of an RDS instance by its identifier, or by its ARN when another account shares it. RDS names its own daily
 * backups `rds:…`.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html
 */
export const snapshotName = () =>
  text(
    new RegExp(`(?:rds:)?${name}|${arn}`),
    "the identifier of an RDS snapshot, e.g. wordpress-database-final-1a2b3c4d or rds:wordpress-database-2026-01-31-16-00, or its ARN",
  );
