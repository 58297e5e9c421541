import { Failure } from "../../cli/failure";
import type { FleetServer } from "./servers";

/** How the stack lets a user sign in to a server, as AWS reports it. */
export interface Access {
  readonly server: Pick<FleetServer, "id" | "privateAddress" | "keyName">;
  /** Whether the server's VPC has an EC2 Instance Connect Endpoint that is ready. */
  readonly hasEndpoint: boolean;
  /** IPv4 ranges from which the server's security groups allow SSH. */
  readonly sshFrom: readonly string[];
  readonly region: string;
}

/** A program with its arguments. */
export interface CommandWords {
  readonly command: string;
  readonly words: readonly string[];
}

/** Debian's user, who may use sudo. */
const user = "admin";

/**
 * Why nobody can sign in to this server; `undefined` when it is possible.
 * @see docs/signing-in.md
 */
export function signInProblem({ server, hasEndpoint, sshFrom }: Access): Failure | undefined {
  if (server.keyName === undefined) {
    return new Failure(
      `The server ${server.id} accepts no key: the stack has no key pair.`,
      "Set fleet.sshPublicKey to your public key, run pulumi up, then run this again. docs/signing-in.md shows the steps.",
    );
  }
  if (hasEndpoint || sshFrom.length > 0) return undefined;
  return new Failure(
    `The server ${server.id} cannot be reached: its VPC has no EC2 Instance Connect Endpoint, and its security group allows SSH from no address.`,
    "Set network.instanceConnectEndpoint to true, or network.sshFrom to the range of your VPN, then run pulumi up.",
  );
}

/** The command that signs in: through the endpoint if there is one, else to the private address, over a VPN. */
export function signInCommand(
  { server, hasEndpoint, region }: Access,
  privateKey: string | undefined,
): CommandWords {
  if (!hasEndpoint) {
    const key = privateKey === undefined ? [] : ["-i", privateKey];
    return { command: "ssh", words: [...key, `${user}@${server.privateAddress}`] };
  }
  const key = privateKey === undefined ? [] : ["--private-key-file", privateKey];
  return {
    command: "aws",
    words: [
      ...["ec2-instance-connect", "ssh", "--region", region, "--connection-type", "eice"],
      ...["--os-user", user, ...key, "--instance-id", server.id],
    ],
  };
}

/** The command as a user types it into a shell. */
export function shellLine({ command, words }: CommandWords): string {
  return [command, ...words]
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(" ");
}
