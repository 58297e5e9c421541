"use strict";
// What `Pulumi.yaml` has Node load before the program.

require("./quickStart.cjs");
require("./tracelessPromises.cjs");
require("./packageTraces.ts");
