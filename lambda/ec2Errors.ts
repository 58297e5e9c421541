import { EC2ServiceException } from "@aws-sdk/client-ec2";

/** The function's time ended before EC2 answered. */
export class TimeLimitError extends Error {
  override readonly name = "TimeLimitError";

  constructor(cause: unknown) {
    super(
      "EC2 did not answer within the function's time limit (launcher.timeoutSeconds). " +
        "The same event again completes the launch and starts no server twice.",
      { cause },
    );
  }
}

/** A response that contains no EC2 error, e.g. from a proxy or while EC2 fails. */
export class UnreadableResponseError extends Error {
  override readonly name: string;

  constructor(
    readonly status: number,
    text: string | undefined,
    cause: unknown,
  ) {
    super(`EC2's endpoint answered without an EC2 error code${text === undefined ? "" : `: ${text}`}`, {
      cause,
    });
    this.name = `Status${status}`;
  }
}

/**
 * The error that the report names. An EC2 error keeps EC2's code and message, a network error keeps Node's.
 * The SDK calls a response that it cannot read "Unknown" or "XML parse error", which does not lead to the cause.
 */
export function explainEc2Error(error: unknown, timeLimit: AbortSignal): unknown {
  if (error instanceof EC2ServiceException && error.name !== "Unknown") return error;
  if (timeLimit.aborted) return new TimeLimitError(error);
  const status = memberOf(memberOf(error, "$metadata"), "httpStatusCode");
  const isNetworkError = typeof memberOf(error, "code") === "string";
  if (typeof status !== "number" || isNetworkError) return error;
  return new UnreadableResponseError(status, bodyOf(error), error);
}

/** The response as text, which the SDK keeps when it is no XML. */
function bodyOf(error: unknown): string | undefined {
  const text = memberOf(error, "$responseBodyText");
  return typeof text === "string" ? text.slice(0, 200) : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
