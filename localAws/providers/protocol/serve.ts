import {
  Metadata,
  Server,
  ServerCredentials,
  status,
  type handleUnaryCall,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  ConfigureResponse,
  ProviderHandshakeResponse,
  type ConfigureRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

/** A provider that listens on a loopback port. */
export interface Serving {
  readonly port: number;
  readonly close: () => void;
}

/** The largest message that Pulumi's clients and servers accept. */
export const maxMessageBytes = 400 * 1024 * 1024;

/** Serves a provider on a free loopback port. The engine finds it through PULUMI_DEBUG_PROVIDERS. */
export async function serve(calls: UntypedServiceImplementation): Promise<Serving> {
  const server = new Server({
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
  });
  server.addService(ResourceProviderService, calls);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    port,
    close: () => {
      server.forceShutdown();
    },
  };
}

/** The calls that all providers handle alike. Secrets stay marked in requests and responses. */
export function handshake(
  version: string,
  configure: (config: ReadonlyMap<string, string>, peer: string) => void,
) {
  return {
    attach: unary(() => new Empty()),
    cancel: unary(() => new Empty()),
    getPluginInfo: unary(() => new PluginInfo().setVersion(version)),
    handshake: unary(() => new ProviderHandshakeResponse().setAcceptSecrets(true)),
    configure: unary((request: ConfigureRequest, peer) => {
      configure(new Map(request.getVariablesMap().getEntryList()), peer);
      return new ConfigureResponse().setSupportspreview(true).setAcceptsecrets(true);
    }),
  };
}

/** An error with details for the engine, in `grpc-status-details-bin`. */
export class DetailedError extends Error {
  override readonly name = "DetailedError";

  constructor(
    message: string,
    readonly details: Uint8Array,
  ) {
    super(message);
  }
}

/**
 * The handler of a call. The engine receives its errors as the call's error.
 * @param answer also gets the caller's address: the engine has a connection for each provider that a program configures,
 *   and this process serves all of them
 */
export function unary<Request, Response>(
  answer: (request: Request, peer: string) => Promise<Response> | Response,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    void (async () => {
      try {
        callback(null, await answer(call.request, call.getPeer()));
      } catch (error) {
        callback(failure(error));
      }
    })();
  };
}

function failure(error: unknown) {
  const metadata = new Metadata();
  if (error instanceof DetailedError) {
    metadata.set("grpc-status-details-bin", Buffer.from(error.details));
  }
  return { code: status.UNKNOWN, details: error instanceof Error ? error.message : String(error), metadata };
}
