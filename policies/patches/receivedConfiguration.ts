/**
 * Reads the configuration that the engine sends to a pack.
 *
 * Needed, not speed: the policy SDK gives each rule only its own configuration, so that no rule sees the wrong name of
 * another, which the engine accepts silently.
 *
 * Checked against: @pulumi/policy 1.21.0, @grpc/grpc-js 1.14.7.
 */
import type { Server, UntypedServiceImplementation } from "@grpc/grpc-js";
import type { ConfigureAnalyzerRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { createRequire } from "node:module";

/** The configuration that the engine sends: the members of each rule's object, by the rule's name. */
export type ReceivedConfiguration = ReadonlyMap<string, object>;

/**
 * Calls a listener with each configuration that the engine sends to the pack that `serve` serves. The policy SDK gives a
 * rule only its own configuration, so no rule sees the wrong name of another. Needs gRPC's server as the SDK uses it; with
 * any other the listener is never called.
 *
 * @param serve starts the SDK's server before it returns
 */
export function servingWith(
  listener: (configuration: ReceivedConfiguration) => void,
  serve: () => void,
): void {
  const grpc: unknown = createRequire(require.resolve("@pulumi/policy"))("@grpc/grpc-js");
  if (!hasServer(grpc)) {
    serve();
    return;
  }
  const { prototype } = grpc.Server;
  const { addService } = prototype;
  prototype.addService = function (service, methods) {
    addService.call(this, service, withListener(methods, listener));
  };
  try {
    serve();
  } finally {
    prototype.addService = addService;
  }
}

function withListener(
  methods: UntypedServiceImplementation,
  listener: (configuration: ReceivedConfiguration) => void,
): UntypedServiceImplementation {
  const { configure } = methods;
  if (configure === undefined) return methods;
  const heard = (call: unknown, ...rest: readonly unknown[]) => {
    listener(isRequest(call) ? receivedIn(call.request) : new Map());
    Reflect.apply(configure, undefined, [call, ...rest]);
  };
  return { ...methods, configure: heard };
}

function receivedIn(request: ConfigureAnalyzerRequest): ReceivedConfiguration {
  const received = new Map<string, object>();
  request.getPolicyconfigMap().forEach((config, name) => {
    received.set(name, config.getProperties()?.toJavaScript() ?? {});
  });
  return received;
}

function hasServer(loaded: unknown): loaded is { readonly Server: { readonly prototype: Server } } {
  if (typeof loaded !== "object" || loaded === null || !("Server" in loaded)) return false;
  const { Server: server } = loaded;
  return typeof server === "function" && "prototype" in server && hasMethod(server.prototype, "addService");
}

function isRequest(call: unknown): call is { readonly request: ConfigureAnalyzerRequest } {
  return (
    typeof call === "object" &&
    call !== null &&
    "request" in call &&
    hasMethod(call.request, "getPolicyconfigMap")
  );
}

function hasMethod(value: unknown, name: string): boolean {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, name) === "function";
}
