/**
 * Speed only. Pulumi's SDK sends the engine three debug messages for each resource, each a call over gRPC, and the engine
 * shows them only with `--debug`, which no command here passes. With this patch the SDK sends none.
 *
 * Upstream: no issue.
 * Checked against: @pulumi/pulumi 3.270.0.
 */
import { log } from "@pulumi/pulumi";

import { speedPatchesAreOn } from "./speedPatches";

if (speedPatchesAreOn) Object.assign(log, { debug: () => Promise.resolve() });
