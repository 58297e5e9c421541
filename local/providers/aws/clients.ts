import type { EC2Client } from "@aws-sdk/client-ec2";

/** One client for each AWS service, made when first asked for: an import costs time that a preview has not. */
export interface AwsClients {
  readonly region: string;
  readonly accountId: string;
  readonly ec2: () => EC2Client;
}
