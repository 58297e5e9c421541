import type { Screen } from "./screen";

/** Shows steps and their duration while they run. */
export interface Steps {
  /** Does the work under this title; `say` shows its current detail. */
  readonly run: <T>(title: string, work: (say: (detail: string) => void) => Promise<T>) => Promise<T>;
}

/** Steps that show nothing. */
export const quietSteps: Steps = { run: (_, work) => work(() => undefined) };

/** A shorter step prints no line. */
const shortestShownMilliseconds = 1_000;
/** How often a changing line is updated. */
const tickMilliseconds = 200;
/** How often a step prints a line where lines cannot change. */
const reminderMilliseconds = 10_000;

/** Steps on a screen: changing lines on a terminal, an occasional line elsewhere. */
export function stepsOn(screen: Screen): Steps {
  return {
    run: async (title, work) => {
      const started = performance.now();
      const elapsed = () => performance.now() - started;
      let detail: string | undefined;
      const show = () => {
        screen.show(title, elapsed() < tickMilliseconds ? undefined : stepLine(title, detail, elapsed()));
      };
      const ticker = setInterval(show, tickMilliseconds);
      const reminder = setInterval(() => {
        if (!screen.live) screen.print(stepLine(title, detail, elapsed()));
      }, reminderMilliseconds);
      try {
        const result = await work((next) => {
          detail = next;
        });
        if (elapsed() >= shortestShownMilliseconds) {
          screen.show(title, undefined);
          screen.print(`${title}: done in ${seconds(elapsed())}`);
        }
        return result;
      } finally {
        clearInterval(ticker);
        clearInterval(reminder);
        screen.show(title, undefined);
      }
    },
  };
}

/** `title: detail (12 s)` */
export function stepLine(title: string, detail: string | undefined, milliseconds: number): string {
  const what = detail === undefined ? title : `${title}: ${detail}`;
  return `${what} (${seconds(milliseconds)})`;
}

/** A duration: `0.4 s`, `12 s`, `4 min 5 s`. */
export function seconds(milliseconds: number): string {
  const total = milliseconds / 1000;
  // 9.95 and more would be shown as 10.0.
  if (total < 9.95) return `${total.toFixed(1)} s`;
  const whole = Math.round(total);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
