import { watchOutputs } from "../cli/outputs";
import { listRuns } from "./scheduleRuns";

/** `npm run schedule -- "cron(0 9 ? * MON-FRI *)" --zone Asia/Seoul`: when a schedule runs next. */
function main(): void {
  watchOutputs();
  const { text, failed } = listRuns(process.argv.slice(2), Date.now());
  if (failed) {
    process.stderr.write(text);
    process.exitCode = 1;
  } else {
    process.stdout.write(text);
  }
}

main();
