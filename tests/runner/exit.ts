/** Runs the program of an npm script to its end: its status becomes that of the process, an error is printed and is 1. */
export function exitWith(program: Promise<number>): void {
  program.then(
    (status) => {
      process.exitCode = status;
    },
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
