import type { Task } from "../work/task";
import type { Ended, Worker } from "./worker";

/** Receives the progress of a class. */
export interface PoolListener {
  readonly started: (id: string) => void;
  readonly moved: (id: string, step: string) => void;
  readonly ended: (id: string, ended: Ended) => void;
}

/** A worker's memory grows with each task; a new worker replaces it after this many tasks. */
const tasksPerWorker = 25;

export interface PoolOptions {
  /** How many tasks run at once. */
  readonly size: number;
  readonly startWorker: () => Worker;
  readonly listener: PoolListener;
  /** After its abort no more tasks start; running ones finish. */
  readonly stop: AbortSignal;
}

/**
 * Does all tasks, several at a time. A task's failure affects no other task. A worker that failed is not used again, as
 * its state is unknown.
 * @returns the results of the started tasks, by id
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
