import type { PageState } from "../model/page";
import type { Watch } from "../watch";
import { linesOf } from "./lines";

/** Prints a stack and its changes as lines, until the signal aborts. */
export async function followAsText(
  watch: Watch,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let before: PageState | undefined;
  const unfollow = watch.follow(() => {
    const after = watch.state();
    if (after === undefined) return;
    for (const line of linesOf(before, after, Date.now())) print(printable(line));
    before = after;
  });
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
  unfollow();
  void watch.stop();
}

/** Names and mail come from others: control characters would command the terminal. */
export function printable(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, " ");
}
