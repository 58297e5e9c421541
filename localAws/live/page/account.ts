import { accountReaders } from "./reading/clients";
import { namesInOutputs } from "./reading/names";
import { accountPace } from "./reading/reader";
import { makeWatch, type Watch } from "./watch";

/**
 * A stack in an AWS account, read with the user's own credentials.
 *
 * @param outputs the outputs of the program
 * @throws Failure when the stack has no site
 */
export function accountStack(stack: string, outputs: unknown): Watch {
  const found = namesInOutputs(stack, outputs);
  return makeWatch({
    about: { stack, region: found.region, where: "aws" },
    readers: accountReaders(found.region),
    locate: () => Promise.resolve(found),
    pace: accountPace,
  });
}
