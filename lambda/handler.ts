import { connect } from "./ec2";
import { createEc2Client } from "./ec2Client";
import { answerUrl, isUrlEvent, type UrlResponse } from "./functionUrl";
import { createLauncher, type Result } from "./launcher";
import { readSettings } from "./settings";
import { timeLimitOf, type Remaining } from "./timeLimit";

/** The part of Lambda's context object that the function reads. */
interface Context extends Remaining {
  /** Lambda's retries of an event have the same id. */
  readonly awsRequestId: string;
}

/** One client for all invocations, so that its connections stay open between them. */
const client = createEc2Client(process.env);

const launcher = createLauncher({
  settings: () => readSettings(process.env),
  connect: (settings, timeLimit) => connect(client, settings, timeLimit),
  clock: Date.now,
  write: (line) => void process.stdout.write(`${line}\n`),
});

/**
 * The function's entry point: launches servers, or with `{ "action": "sweep" }` terminates the expired ones. Lambda
 * sends the return value to the results queue, and an error, after its retries, to the failures queue.
 */
export async function handler(event: unknown, context: Context): Promise<Result | UrlResponse> {
  const invocation = { requestId: context.awsRequestId, timeLimit: timeLimitOf(context) };
  return isUrlEvent(event) ? answerUrl(launcher, event, invocation) : launcher(() => event, invocation);
}
