/** Services of AWS with an endpoint of their own in each region, by the first part of the host name. */
const regionalServices = [
  ...["autoscaling", "ec2", "ec2messages", "elasticfilesystem", "elasticloadbalancing", "email", "events"],
  ...["kms", "lambda", "logs", "monitoring", "rds", "s3", "scheduler", "secretsmanager", "sns", "sqs", "ssm"],
  ...["ssmmessages", "sts", "tagging"],
];
const globalHosts = ["iam.amazonaws.com", "route53.amazonaws.com", "s3.amazonaws.com", "sts.amazonaws.com"];

/** The host of RDS's certificate authorities. */
export const trustStoreHost = "truststore.pki.rds.amazonaws.com";

/** The hosts of AWS on the internet that servers of these regions can use. */
export function publicHosts(regions: readonly string[]): readonly string[] {
  const regional = regions.flatMap((region) =>
    regionalServices.map((service) => `${service}.${region}.amazonaws.com`),
  );
  return [...new Set([...regional, ...globalHosts, trustStoreHost])];
}

/** The names by which servers reach an interface endpoint. */
export interface EndpointHost {
  /** The service's usual name, with private DNS. */
  readonly host: string;
  /** The service's name in signatures. */
  readonly signingName: string;
}

/** E.g. for `com.amazonaws.us-east-1.secretsmanager`; `undefined` for services that are not AWS's. */
export function endpointHost(service: string): EndpointHost | undefined {
  const match = /^com\.amazonaws\.([a-z]+(?:-[a-z]+)+-\d)\.([a-z0-9.-]+)$/.exec(service);
  if (match === null) return undefined;
  const [, region = "", name = ""] = match;
  return { host: `${name}.${region}.amazonaws.com`, signingName: signingNameOf(name) };
}

/** The service of a host name, as signatures have it: SES signs as `ses`, and its host is `email`. */
export function signingNameOfHost(host: string): string {
  // An interface endpoint's own name begins with its id.
  const labels = host.replace(/^vpce-[^.]+\.|\.amazonaws\.com$/g, "").split(".");
  // The bucket may come first: `bucket.s3.us-east-1`.
  return signingNameOf(labels.includes("s3") ? "s3" : (labels[0] ?? ""));
}

const signingNames: Readonly<Record<string, string>> = { email: "ses" };

function signingNameOf(name: string): string {
  return signingNames[name] ?? name;
}

/** The service that a request was signed for; `undefined` for an unsigned one. */
export function signedService(authorization: string | undefined): string | undefined {
  const match = /Credential=[^/,]+\/\d{8}\/[^/,]+\/([^/,]+)\/aws4_request/.exec(authorization ?? "");
  return match?.[1];
}
