import { credentials, type ServiceError } from "@grpc/grpc-js";
import type { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import {
  RegisterResourceOutputsRequest,
  type RegisterResourceResponse,
  ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";

import type { Properties } from "../aws/resourceType";
import { maxMessageBytes } from "./serve";
import { unknown } from "./special";
import { fromStruct, toStruct } from "./struct";

/** A resource that the engine has registered. */
export interface Registered {
  readonly urn: string;
  /** Unknown in a preview. */
  readonly id: string;
  readonly state: Properties;
}

/** The engine's resource monitor, for a component's provider. */
export interface Monitor {
  readonly register: (request: RegisterResourceRequest) => Promise<Registered>;
  readonly registerOutputs: (urn: string, outputs: Properties) => Promise<void>;
  /** @throws Error with the function's own error. */
  readonly invoke: (token: string, args: Properties, provider: ProviderChoice) => Promise<Properties>;
  readonly close: () => void;
}

/** The provider of a resource or function: an explicit one, or the default one of a version. */
export interface ProviderChoice {
  readonly version: string;
  /** URN and id of an explicit provider; empty for the default one. */
  readonly reference: string;
}

export function monitorAt(endpoint: string): Monitor {
  const client = new ResourceMonitorClient(endpoint, credentials.createInsecure(), {
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
  });
  return {
    register: async (request) => {
      const response = await answered<RegisterResourceResponse>((done) =>
        client.registerResource(request, done),
      );
      return {
        urn: response.getUrn(),
        id: response.getId() === "" ? unknown : response.getId(),
        state: fromStruct(response.getObject()),
      };
    },
    registerOutputs: async (urn, outputs) => {
      const request = new RegisterResourceOutputsRequest().setUrn(urn).setOutputs(toStruct(outputs));
      await answered((done) => client.registerResourceOutputs(request, done));
    },
    invoke: async (token, args, { version, reference }) => {
      const request = new ResourceInvokeRequest()
        .setTok(token)
        .setArgs(toStruct(args))
        .setVersion(version)
        .setProvider(reference);
      const response = await answered<InvokeResponse>((done) => client.invoke(request, done));
      const failures = response.getFailuresList().map((failure) => failure.getReason());
      if (failures.length > 0) throw new Error(`${token}: ${failures.join("; ")}`);
      return fromStruct(response.getReturn());
    },
    close: () => {
      client.close();
    },
  };
}

function answered<Response>(
  call: (done: (error: ServiceError | null, response: Response) => void) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    call((error, response) => {
      if (error === null) resolve(response);
      else reject(new Error(error.details, { cause: error }));
    });
  });
}
