"use strict";
// Serves policies to the engine in this process. A process of their own would load for itself what this one has
// loaded, and would be slow at each call, as no code is fast before it has run for a while.

const { Server } = require("@grpc/grpc-js");
const { RemediateResponse } = require("@pulumi/pulumi/proto/analyzer_pb");
const path = require("node:path");

const sdk = path.join("node_modules", "@pulumi", "policy") + path.sep;

exports.serveAnalyzer = function ({ name, version, policies, initialConfig }) {
  // The policy SDK serves one pack and keeps its settings in its modules: each has modules of its own.
  for (const file of Object.keys(require.cache)) {
    if (file.includes(sdk)) delete require.cache[file];
  }
  const { serve } = require("@pulumi/policy/server");
  const mends = Object.values(initialConfig).some(({ enforcementLevel }) => enforcementLevel === "remediate");
  return listening(mends, () => {
    serve(name, version, "mandatory", { policies }, initialConfig);
  });
};

/** Where no rule is to put anything right the SDK answers so too, once it has read all properties. */
function withoutMending(service, methods) {
  return [
    { ...service, remediate: { ...service.remediate, requestDeserialize: (bytes) => bytes } },
    { ...methods, remediate: (_call, answer) => answer(null, new RemediateResponse()) },
  ];
}

/** The SDK keeps its server to itself and prints the port. */
function listening(mends, serve) {
  const { addService, bindAsync } = Server.prototype;
  return new Promise((resolve, reject) => {
    Server.prototype.addService = function (service, methods) {
      addService.call(this, ...(mends ? [service, methods] : withoutMending(service, methods)));
    };
    Server.prototype.bindAsync = function (address, credentials) {
      bindAsync.call(this, address, credentials, (error, port) => {
        if (error === null) resolve({ port, stop: () => this.forceShutdown() });
        else reject(error);
      });
    };
    try {
      serve();
    } finally {
      Object.assign(Server.prototype, { addService, bindAsync });
    }
  });
}
