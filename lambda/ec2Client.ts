import { EC2Client } from "@aws-sdk/client-ec2";

type Environment = Readonly<Record<string, string | undefined>>;

/** Time limits of one attempt, in milliseconds. */
export interface AttemptTimeouts {
  /** From the start of the connection until it is open. */
  readonly connect: number;
  /** From the request until the response begins, and between two parts of the response. */
  readonly respond: number;
}

/** Attempts of one request, the first included. The pauses between them grow. */
export const maxAttempts = 4;

const defaultTimeouts: AttemptTimeouts = { connect: 3_000, respond: 20_000 };

/**
 * The AWS SDK's client for EC2, with the region, the endpoint and the credentials that Lambda's environment names.
 * The SDK retries throttled requests, failures of EC2 and of the network, and corrects the clock of its signatures.
 */
export function createEc2Client(environment: Environment, timeouts = defaultTimeouts): EC2Client {
  return new EC2Client({
    // Not the SDK's default chain: without credentials it would search files and metadata services for seconds.
    credentials: () => Promise.resolve().then(() => credentialsOf(environment)),
    maxAttempts,
    retryMode: "standard",
    requestHandler: {
      connectionTimeout: timeouts.connect,
      requestTimeout: timeouts.respond,
      // Without this a request that exceeds `requestTimeout` only prints a warning.
      throwOnRequestTimeout: true,
      socketTimeout: timeouts.respond,
    },
  });
}

function credentialsOf(environment: Environment) {
  const sessionToken = environment["AWS_SESSION_TOKEN"];
  return {
    accessKeyId: required(environment, "AWS_ACCESS_KEY_ID"),
    secretAccessKey: required(environment, "AWS_SECRET_ACCESS_KEY"),
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
}

function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (value === undefined) throw new Error(`${name} is not set. Lambda's runtime sets it.`);
  return value;
}
