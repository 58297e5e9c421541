/** Addresses and names in the lab's network, which is inside the namespaces of the run. */
export const addresses = {
  /** This process, which is the network's router and the visitors' gateway. */
  router: "10.77.0.1",
  loadBalancer: "10.77.0.10",
  database: "10.77.0.20",
  fileSystem: "10.77.0.30",
  secretsManager: "10.77.0.40",
  ses: "10.77.0.41",
  trustStore: "10.77.0.42",
  browser: "10.77.0.50",
  /** EC2's address of the instance metadata. */
  metadata: "169.254.169.254",
  /** A visitor from the internet (an address reserved for documentation). */
  visitor: "198.51.100.7",
  /** The address of every name on the internet (reserved for documentation); nothing responds there. */
  internet: "203.0.113.10",
} as const;

export const accountId = "123456789012";
export const site = "wordpress.lab.test";
export const region = "us-east-1";
export const databaseHost = "wordpress.cabcdefghijk.us-east-1.rds.amazonaws.com";
export const secretsManagerHost = "secretsmanager.us-east-1.amazonaws.com";
export const sesHost = "email.us-east-1.amazonaws.com";
export const trustStoreHost = "truststore.pki.rds.amazonaws.com";
export const fileSystemHost = "fs-0123456789abcdef0.efs.us-east-1.amazonaws.com";

/** The servers' addresses: from 10.77.0.101. */
export function serverAddress(index: number): string {
  return `10.77.0.${101 + index}`;
}
