import { type Change, differenceOf } from "../../../../localAws/live/page/model/change";
import type { PageState } from "../../../../localAws/live/page/model/page";
import { pageOf } from "../../../../localAws/live/page/model/snapshot";
import type { Action } from "../../../../localAws/live/page/server/actions";
import type { Stacks } from "../../../../localAws/live/page/server/server";
import type { Watch } from "../../../../localAws/live/page/watch";
import { recorded } from "./recorded";

/** A stack whose page a test writes, with the server, the events and the browser of the product. */
export interface ScriptedStack {
  readonly stacks: Stacks;
  readonly state: () => PageState;
  readonly set: (change: Change) => void;
  /** The actions that buttons asked for. */
  readonly actions: Action[];
  readonly refuseWith: (message: string | undefined) => void;
}

/** The page of the recorded answers. */
export function recordedPage(where: "local" | "aws" = "local"): PageState {
  return pageOf(recorded, {
    about: {
      stack: "dev",
      region: "us-east-1",
      where,
      siteUrl: "http://127.0.0.1:8080/",
      pace: ["Boots and health checks take their own time."],
    },
    problems: [],
    seen: [],
    mail: where === "aws" ? null : [],
  });
}

export function scriptedStack(
  first: PageState,
  options: { readonly readOnly?: boolean } = {},
): ScriptedStack {
  let state = first;
  let refusal: string | undefined;
  const actions: Action[] = [];
  const followers = new Set<(change: Change) => void>();
  const watch: Watch = {
    state: () => state,
    follow: (listener) => {
      followers.add(listener);
      listener(state);
      return () => followers.delete(listener);
    },
    hurry: () => undefined,
    stop: () => Promise.resolve(),
  };
  const perform = (action: Action): Promise<string> => {
    actions.push(action);
    return refusal === undefined
      ? Promise.resolve(`Done: ${action.kind}.`)
      : Promise.reject(new Error(refusal));
  };
  return {
    stacks: {
      names: () => Promise.resolve([state.about.stack]),
      find: (name) =>
        Promise.resolve(
          name === state.about.stack
            ? { watch, actions: options.readOnly === true ? undefined : { perform } }
            : undefined,
        ),
    },
    state: () => state,
    set: (change) => {
      const next = { ...state, ...change };
      const difference = differenceOf(state, next);
      state = next;
      for (const follower of followers) follower(difference);
    },
    actions,
    refuseWith: (message) => {
      refusal = message;
    },
  };
}
