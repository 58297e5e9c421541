"use strict";
// Serves policies to the engine in this process. A process of their own would load for itself what this one has
// loaded, and would be slow at each call, as no code is fast before it has run for a while.

const { Server } = require("@grpc/grpc-js");
const path = require("node:path");

const readOnce = require("../../policies/support/readOnce");

const sdk = path.join("node_modules", "@pulumi", "policy") + path.sep;

exports.serveAnalyzer = function ({ name, version, policies, initialConfig }) {
  // The policy SDK serves one pack and keeps its settings in its modules: each has modules of its own.
  for (const file of Object.keys(require.cache)) {
    if (file.includes(sdk)) delete require.cache[file];
  }
  readOnce();
  const { serve } = require("@pulumi/policy/server");
  return listening(() => {
    serve(name, version, "mandatory", { policies }, initialConfig);
  });
};

/** The SDK keeps its server to itself and prints the port. */
function listening(serve) {
  const { bindAsync } = Server.prototype;
  return new Promise((resolve, reject) => {
    Server.prototype.bindAsync = function (address, credentials) {
      bindAsync.call(this, address, credentials, (error, port) => {
        if (error === null) resolve({ port, stop: () => this.forceShutdown() });
        else reject(error);
      });
    };
    try {
      serve();
    } finally {
      Server.prototype.bindAsync = bindAsync;
    }
  });
}
