import type { input } from "@pulumi/aws/types";

import type { CheckFailure, Properties } from "../resourceType";
import { reading } from "../values";

type ListenerAction = input.lb.ListenerDefaultAction;

/** Actions that ELB refuses and the emulator accepts. Source: ELB API reference, Action. */
export function checkActions(property: string, actions: readonly Properties[]): readonly CheckFailure[] {
  return actions.flatMap((action, index) => {
    const problem = problemOf(action);
    return problem === undefined ? [] : [{ property: `${property}[${String(index)}]`, reason: problem }];
  });
}

function problemOf(action: Properties): string | undefined {
  const from = reading<ListenerAction>(action);
  const type = from.string("type");
  switch (type) {
    case "forward":
      return from.string("targetGroupArn") === undefined && from.object("forward") === undefined
        ? "type is forward, and both targetGroupArn and forward are missing"
        : undefined;
    case "redirect":
      return redirectProblem(from.object("redirect"));
    case "fixed-response":
      return from.object("fixedResponse") === undefined
        ? "type is fixed-response, and fixedResponse is missing"
        : undefined;
    default:
      return `type: ${String(type)} - allowed: forward, redirect, fixed-response`;
  }
}

function redirectProblem(redirect: Properties | undefined): string | undefined {
  if (redirect === undefined) return "type is redirect, and redirect is missing";
  const code = reading<input.lb.ListenerDefaultActionRedirect>(redirect).string("statusCode");
  return code === "HTTP_301" || code === "HTTP_302"
    ? undefined
    : `redirect.statusCode: ${String(code)} - allowed: HTTP_301, HTTP_302`;
}
