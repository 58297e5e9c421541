/** Target tracking runs 60 times as fast here: a minute of AWS's is a second of the clock's. */
const factor = 60;

/** The milliseconds here for seconds of AWS's. */
export function shortened(awsSeconds: number): number {
  return (awsSeconds * 1000) / factor;
}

/** The milliseconds here for minutes of AWS's. */
export function shortenedMinutes(awsMinutes: number): number {
  return shortened(awsMinutes * 60);
}
