/** The region's side of dialling, in a process of its own. */
import { answerDials } from "../../../localAws/live/dial";

answerDials(process, (line) => {
  console.error(line);
});
process.once("disconnect", () => process.exit(0));
