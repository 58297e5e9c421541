/**
 * Needed, not speed. gRPC shares connections to one address within a process, and Pulumi's SDK never closes those of an
 * inline program. When a later engine listens on the port of an earlier one, the shared connection still waits before it
 * tries again, and the run fails with "UNAVAILABLE: No connection established". With this patch each run of the engine
 * has its own connections.
 *
 * Upstream: https://github.com/pulumi/pulumi/issues/7125 (second run in one process fails).
 * Checked against: @pulumi/pulumi 3.270.0, @grpc/grpc-js 1.14.7.
 */
import { internalObject } from "./internals";

Object.assign(internalObject("@pulumi/pulumi/runtime/settings", "grpcClientOptions"), {
  "grpc.use_local_subchannel_pool": 1,
});
