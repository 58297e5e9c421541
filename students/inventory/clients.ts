import type { AccountClients } from "../account/clients";

/** The clients of one account and region that an inventory asks. */
export type InventoryClients = Pick<
  AccountClients,
  | "autoScaling"
  | "cloudWatch"
  | "cloudWatchLogs"
  | "ec2"
  | "efs"
  | "elb"
  | "elbv2"
  | "kms"
  | "lambda"
  | "rds"
  | "route53"
  | "s3"
  | "secretsManager"
  | "tagging"
>;
