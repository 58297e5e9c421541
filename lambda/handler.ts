import { connect } from "./ec2";
import { isUrlEvent, parametersOf, respond, type UrlResponse } from "./functionUrl";
import { createLauncher, type Result } from "./launcher";
import { InvalidInputError } from "./problems";
import { readSettings } from "./settings";

/** What Lambda tells of a call; its retries share the id. */
interface Context {
  readonly awsRequestId: string;
}

const launcher = createLauncher({
  settings: () => readSettings(process.env),
  connect,
  clock: Date.now,
  write: (line) => void process.stdout.write(`${line}\n`),
});

/**
 * The function's entry: launches servers, or with `{ "action": "sweep" }` ends those past their time. Whatever
 * it returns goes to the results' destination; whatever it throws, after Lambda's retries, to the failures'.
 */
export async function handler(event: unknown, { awsRequestId }: Context): Promise<Result | UrlResponse> {
  if (!isUrlEvent(event)) return launcher(() => event, awsRequestId);
  try {
    return respond(200, await launcher(() => parametersOf(event), awsRequestId));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return respond(error instanceof InvalidInputError ? 400 : 500, {
      error: error.name,
      message: error.message,
    });
  }
}
