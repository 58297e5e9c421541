/** Why the gateway does not pass a request on. */
export type Reason = "unsigned" | "unknown key" | "signature" | "clock" | "body" | "path" | "size";

/** An answer with an error, in the form of the service's protocol. */
export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface ErrorOf {
  /** AWS's code for each protocol. */
  readonly ec2: string;
  readonly query: string;
  readonly json: string;
  readonly message: string;
}

const invalid = "The security token included in the request is invalid.";

/** AWS's own codes and messages; the last two have no counterpart. */
const errors: Readonly<Record<Exclude<Reason, "unsigned">, ErrorOf>> = {
  "unknown key": {
    ec2: "AuthFailure",
    query: "InvalidClientTokenId",
    json: "UnrecognizedClientException",
    message: invalid,
  },
  signature: {
    ec2: "AuthFailure",
    query: "SignatureDoesNotMatch",
    json: "InvalidSignatureException",
    message:
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
  },
  clock: {
    ec2: "RequestExpired",
    query: "SignatureDoesNotMatch",
    json: "InvalidSignatureException",
    message:
      "Signature expired, or not yet current: the clock of this computer differs by more than 15 minutes.",
  },
  body: {
    ec2: "AuthFailure",
    query: "XAmzContentSHA256Mismatch",
    json: "InvalidSignatureException",
    message: "The provided 'x-amz-content-sha256' header does not match what was computed.",
  },
  path: {
    ec2: "AccessDenied",
    query: "AccessDenied",
    json: "AccessDeniedException",
    message: "This path belongs to the emulator's own API, which only the instructor's machine can call.",
  },
  size: {
    ec2: "RequestEntityTooLarge",
    query: "RequestEntityTooLarge",
    json: "RequestEntityTooLargeException",
    message: "The request is larger than 64 MiB.",
  },
};

/** Services whose answers are XML, besides EC2. */
const queryServices: ReadonlySet<string> = new Set([
  "autoscaling",
  "cloudformation",
  "elasticloadbalancing",
  "iam",
  "monitoring",
  "rds",
  "route53",
  "s3",
  "sns",
  "sts",
]);

/** @param service the signing name; undefined for a request without a signature */
export function refusalOf(reason: Reason, service = ""): Refusal {
  if (reason === "unsigned") {
    return {
      status: 403,
      headers: { "content-type": "text/plain; charset=utf-8" },
      body: "This is an emulator of AWS for a class. It answers requests that are signed with a student's key (AWS Signature Version 4); see the sheet with your key. Presigned URLs are not supported.\n",
    };
  }
  const { ec2, query, json, message } = errors[reason];
  const status = reason === "size" ? 413 : 403;
  if (service === "ec2") {
    const body = `<Response><Errors><Error><Code>${ec2}</Code><Message>${message}</Message></Error></Errors><RequestID>00000000-0000-0000-0000-000000000000</RequestID></Response>`;
    return { status: ec2 === "AuthFailure" ? 401 : status, headers: { "content-type": "text/xml" }, body };
  }
  if (queryServices.has(service)) {
    const error = `<Error><Type>Sender</Type><Code>${query}</Code><Message>${message}</Message></Error>`;
    const body = service === "s3" ? error : `<ErrorResponse>${error}</ErrorResponse>`;
    return { status, headers: { "content-type": "text/xml" }, body };
  }
  return {
    status,
    headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": json },
    body: JSON.stringify({ __type: json, message }),
  };
}
