"use strict";
// Gives every run of the engine in this process connections of its own. gRPC would share those to one address, and
// Pulumi's SDK never closes an inline program's: a later engine that is given the port of an earlier one, which it
// fails to reach again and again, would be told "UNAVAILABLE: No connection established" before it was asked.

const { grpcClientOptions } = require("@pulumi/pulumi/runtime/settings");

grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;
