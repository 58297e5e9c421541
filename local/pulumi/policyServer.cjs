"use strict";
// Serves the policy pack in the working directory: prints its port, as Pulumi's analyzer protocol asks, and
// ends with the run that started it. Argument: the pack's entry file.

process.stdin.on("end", () => process.exit());
process.stdin.resume();

require(process.argv[2]);
