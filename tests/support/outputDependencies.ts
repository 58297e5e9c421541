import * as pulumi from "@pulumi/pulumi";
import { RegisterResourceResponse, type RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

type Callback = (error: unknown, response: RegisterResourceResponse | undefined) => void;
type Register = (request: RegisterResourceRequest, callback: Callback) => Promise<void>;

/**
 * Makes Pulumi's mocks send the dependencies of a remote component's outputs, as the engine does.
 * @param outputDependencies URNs by the component's name, read at the component's registration
 */
export function sendOutputDependencies(
  outputDependencies: ReadonlyMap<string, readonly string[]>,
  onRequest: (request: RegisterResourceRequest) => void,
): void {
  const monitor: unknown = pulumi.runtime.getMonitor();
  if (!(monitor instanceof MockMonitor)) throw new Error("Pulumi's mocks are not set");
  const register: Register = monitor.registerResource.bind(monitor);
  monitor.registerResource = async (request: RegisterResourceRequest, callback: Callback) => {
    onRequest(request);
    await register(request, (error, response) => {
      const urns = request.getCustom() ? undefined : outputDependencies.get(request.getName());
      if (urns !== undefined && response !== undefined) addDependencies(response, urns);
      callback(error, response);
    });
  };
}

function addDependencies(response: RegisterResourceResponse, urns: readonly string[]): void {
  for (const output of Object.keys(response.getObject()?.toJavaScript() ?? {})) {
    const dependencies = new RegisterResourceResponse.PropertyDependencies().setUrnsList([...urns]);
    response.getPropertydependenciesMap().set(output, dependencies);
  }
}
