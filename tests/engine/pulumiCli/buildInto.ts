/** Builds the CLI into the folder that the command line names, as an installation does, with the `go` on PATH. */
import { SemVer } from "semver";

import { messageOf } from "../../../cli/failure";
import { buildPulumi } from "../../../engine/pulumiCli/build";

const [, , root = ""] = process.argv;
buildPulumi(root, new SemVer("3.274.1"), console.log).catch((error: unknown) => {
  console.log(messageOf(error));
  process.exitCode = 1;
});
