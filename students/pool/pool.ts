import type { Task } from "../work/task";
import type { Ended, Worker } from "./worker";

/** Hears of a class's work while it goes on. */
export interface PoolListener {
  readonly started: (id: string) => void;
  readonly moved: (id: string, step: string) => void;
  readonly ended: (id: string, ended: Ended) => void;
}

/** What every worker keeps of past work stays bounded: after so many tasks a new one takes its place. */
const tasksPerWorker = 25;

export interface PoolOptions {
  /** How many at once. */
  readonly size: number;
  readonly startWorker: () => Worker;
  readonly listener: PoolListener;
  /** Once aborted, nothing more is begun; what is under way ends by itself. */
  readonly stop: AbortSignal;
}

/**
 * Does all tasks, so many at a time; each failure is the task's own. A worker that failed is not used again:
 * nobody knows what is left in it.
 * @returns how each that was begun ended, by id
 */
export async function runAll(
  tasks: readonly Task[],
  { size, startWorker, listener, stop }: PoolOptions,
): Promise<ReadonlyMap<string, Ended>> {
  const endings = new Map<string, Ended>();
  const waiting = [...tasks];
  const lane = async () => {
    let worker: Worker | undefined;
    for (let done = 1; !stop.aborted; done += 1) {
      const task = waiting.shift();
      if (task === undefined) break;
      listener.started(task.id);
      worker ??= startWorker();
      const ended = await worker.run(task, (step) => {
        listener.moved(task.id, step);
      });
      endings.set(task.id, ended);
      listener.ended(task.id, ended);
      if (ended.kind === "failed" || done % tasksPerWorker === 0) {
        worker.close();
        worker = undefined;
      }
    }
    worker?.close();
  };
  await Promise.all(Array.from({ length: Math.min(size, tasks.length) }, lane));
  return endings;
}
