import type { Invocation, Launcher } from "./launcher";
import { InvalidInputError } from "./problems";

/** The part of a function URL's event that the launcher reads. */
interface UrlEvent {
  readonly requestContext: { readonly http: unknown };
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

export interface UrlResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Whether the event came through the function's URL. Source: https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html */
export function isUrlEvent(event: unknown): event is UrlEvent {
  return (
    typeof event === "object" &&
    event !== null &&
    "requestContext" in event &&
    typeof event.requestContext === "object" &&
    event.requestContext !== null &&
    "http" in event.requestContext
  );
}

/** Runs the launcher with the parameters in the body. The response contains the error, as a URL has no destinations. */
export async function answerUrl(
  launcher: Launcher,
  event: UrlEvent,
  invocation: Invocation,
): Promise<UrlResponse> {
  try {
    return respond(200, await launcher(() => parametersOf(event), invocation));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const status = error instanceof InvalidInputError ? 400 : 500;
    return respond(status, { error: error.name, message: error.message });
  }
}

/** The parameters in the body: none, or a JSON object. */
function parametersOf({ body, isBase64Encoded }: UrlEvent): unknown {
  if (body === undefined || body === "") return {};
  const text = isBase64Encoded === true ? Buffer.from(body, "base64").toString("utf8") : body;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InvalidInputError("The request is wrong", [
      { path: "body", value: text, allowed: 'nothing, or a JSON object, e.g. {"serverCount":1}' },
    ]);
  }
}

function respond(statusCode: number, content: unknown): UrlResponse {
  return {
    statusCode,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(content),
  };
}
