import { connect } from "./ec2";
import { ec2Caller } from "./ec2Query";
import { answerUrl, isUrlEvent, type UrlResponse } from "./functionUrl";
import { createLauncher, type Result } from "./launcher";
import { readSettings } from "./settings";

/** What Lambda tells of a call; its retries share the id. */
interface Context {
  readonly awsRequestId: string;
}

const launcher = createLauncher({
  settings: () => readSettings(process.env),
  connect: (settings) => connect(ec2Caller(process.env), settings),
  clock: Date.now,
  write: (line) => void process.stdout.write(`${line}\n`),
});

/**
 * The function's entry: launches servers, or with `{ "action": "sweep" }` ends those past their time. Whatever
 * it returns goes to the results' destination; whatever it throws, after Lambda's retries, to the failures'.
 */
export async function handler(event: unknown, { awsRequestId }: Context): Promise<Result | UrlResponse> {
  return isUrlEvent(event) ? answerUrl(launcher, event, awsRequestId) : launcher(() => event, awsRequestId);
}
