import type { PageState } from "../model/page";
import { setServerTime } from "./format.ts";

type Change = Partial<PageState>;

interface Handlers {
  /** The whole page so far, and the sections that changed. */
  readonly onChange: (state: PageState, change: Change) => void;
  readonly onConnection: (connected: boolean) => void;
  /** Whether the page has buttons. */
  readonly onActions: (allowed: boolean) => void;
}

/** Follows the server's events. EventSource connects again by itself, and says what it has seen. */
export function connect({ onChange, onConnection, onActions }: Handlers): void {
  let state: PageState | undefined;
  const source = new EventSource("events");
  source.addEventListener("open", () => {
    onConnection(true);
  });
  source.addEventListener("error", () => {
    onConnection(false);
    // A browser gives up when something else answers at the address: the page tries again.
    if (source.readyState === EventSource.CLOSED) setTimeout(reconnect, retryMilliseconds);
  });
  source.addEventListener("hello", (event: MessageEvent<string>) => {
    const hello = read(event.data, isHello);
    if (version !== undefined && version !== hello.version) location.reload();
    version = hello.version;
    token = hello.token;
    onActions(hello.token !== null);
  });
  source.addEventListener("state", (event: MessageEvent<string>) => {
    const { now, change } = read(event.data, isUpdate);
    setServerTime(now);
    state = wholeIn(change);
    if (state !== undefined) onChange(state, change);
  });
  source.addEventListener("change", (event: MessageEvent<string>) => {
    const { now, change } = read(event.data, isUpdate);
    setServerTime(now);
    const before = state ?? wholeIn(change);
    if (before === undefined) return;
    state = { ...before, ...change };
    onChange(state, change);
  });
  const reconnect = (): void => {
    connect({ onChange, onConnection, onActions });
  };
}

const retryMilliseconds = 3_000;
let version: string | undefined;
let token: string | null = null;

/** The first change after the server's start has every section. */
function wholeIn(change: Change): PageState | undefined {
  return isWhole(change) ? change : undefined;
}

function isWhole(change: Change): change is PageState {
  return "about" in change && "servers" in change && "timeline" in change && "mail" in change;
}

/** Sends an action. @returns the server's sentence about it, and whether it was done */
export async function send(action: object): Promise<{ readonly done: boolean; readonly message: string }> {
  try {
    const response = await fetch("actions", {
      method: "POST",
      headers: { "content-type": "application/json", "x-page-token": token ?? "" },
      body: JSON.stringify(action),
    });
    return { done: response.ok, message: read(await response.text(), isAnswer).message };
  } catch {
    return { done: false, message: "The server of this page does not answer." };
  }
}

interface Hello {
  readonly version: string;
  readonly token: string | null;
}

/**
 * The server and this page are of the same version, or the page loads itself again: it is enough to check what tells one
 * event from another.
 */
function read<T>(text: string, isExpected: (value: unknown) => value is T): T {
  const value: unknown = JSON.parse(text);
  if (!isExpected(value)) throw new TypeError(`The server sent something else: ${text.slice(0, 200)}`);
  return value;
}

function isHello(value: unknown): value is Hello {
  return isObject(value) && "version" in value && "token" in value;
}

function isUpdate(value: unknown): value is { readonly now: number; readonly change: Change } {
  return isObject(value) && "now" in value && "change" in value && isObject(value.change);
}

function isAnswer(value: unknown): value is { readonly message: string } {
  return isObject(value) && "message" in value && typeof value.message === "string";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
