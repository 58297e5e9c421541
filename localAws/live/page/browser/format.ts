import { timeText as textOfTime } from "../model/format.ts";

export { dollarsText, durationText, percentText, plural, rateText } from "../model/format.ts";

/** The difference between the server's clock and the browser's. */
let offset = 0;

export function setServerTime(now: number): void {
  offset = now - Date.now();
}

export function serverNow(): number {
  return Date.now() + offset;
}

/** `21:03:10`; with the day when it is not today. */
export function timeText(at: number): string {
  return textOfTime(at, serverNow());
}
