import * as pulumi from "@pulumi/pulumi";
import { setImmediate } from "node:timers/promises";

import { mockedFunctions, mockedTypes, type Registration } from "./mockedTypes";
import { mockedVpc } from "./mockedVpc";
import { sendOutputDependencies } from "./outputDependencies";

/** The resources that a program registered, and its outputs with every Output resolved. */
export interface MockedRun<Outputs> {
  /** In the order of registration. */
  readonly resources: readonly Registration[];
  /** The URNs that each property depends on, by the resource's type and name. */
  readonly dependencies: ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>;
  readonly outputs: Outputs;
}

export interface MockOptions {
  /** As in a stack's file, `project:name`; objects are written as JSON. */
  readonly config?: Readonly<Record<string, string>>;
  readonly project?: string;
  readonly stack?: string;
  /** Results of AWS's functions that replace the mocks' defaults. */
  readonly answers?: Partial<typeof mockedFunctions>;
}

/**
 * Runs a program under mocks, and waits for all registrations, including those that depend on an `apply`. One run at a
 * time, as Pulumi supports one program per process.
 * @throws Error for a type or function without a mock, and the program's own errors, including those of an `apply`.
 */
export async function runUnderMocks<Outputs>(
  program: () => Outputs,
  { config = {}, project = "wordpress", stack = "test", answers = {} }: MockOptions = {},
): Promise<MockedRun<pulumi.Unwrap<Outputs>>> {
  const resources: Registration[] = [];
  const strays = catchStrays();
  const { sourceMapsEnabled } = process;
  // Pulumi reads a stack trace for each promise. Source maps for them cost half of a run's time.
  process.setSourceMapsEnabled(false);
  try {
    const outputDependencies = new Map<string, readonly string[]>();
    const functions = { ...mockedFunctions, ...answers };
    const mocks = recordingMocks(resources, outputDependencies, strays.add, functions);
    await pulumi.runtime.setMocks(mocks, project, stack);
    const dependencies = new Map<string, Readonly<Record<string, readonly string[]>>>();
    sendOutputDependencies(outputDependencies, (request) => {
      const entries: Record<string, readonly string[]> = {};
      request.getPropertydependenciesMap().forEach((property, name) => {
        entries[name] = property.getUrnsList();
      });
      dependencies.set(`${request.getType()} ${request.getName()}`, entries);
    });
    pulumi.runtime.setAllConfig(config);
    const outputs = await Promise.race([resolved(program()), strays.first]);
    // Waits for pending registrations. An error of the last ones arrives one turn of the event loop later.
    await pulumi.runtime.disconnect();
    await setImmediate();
    strays.throwIfAny();
    return { resources, dependencies, outputs };
  } finally {
    await pulumi.runtime.disconnect();
    strays.stop();
    process.setSourceMapsEnabled(sourceMapsEnabled);
  }
}

/** Mocks that record registrations, and fail for unknown types and functions. */
function recordingMocks(
  resources: Registration[],
  outputDependencies: Map<string, readonly string[]>,
  fail: (failure: Error) => void,
  functions: Partial<typeof mockedFunctions>,
): pulumi.runtime.Mocks {
  const refuse = (what: string): Record<string, unknown> => {
    fail(new Error(`no mock for ${what}: add it to tests/support/mockedTypes.ts`));
    return {};
  };
  return {
    call: (call) => functions[call.token]?.(toRecord(call.inputs)) ?? refuse(call.token),
    newResource: async ({ type, name, transforms = [], ...resource }) => {
      const inputs = toRecord(resource.inputs);
      resources.push({ type, name, inputs });
      const id = `${name}-id`;
      if (type === "awsx:ec2:Vpc") {
        const state = await mockedVpc(name, transforms);
        // As with the official provider, no output has dependencies on single subnets.
        outputDependencies.set(name, await resolved(state.subnets.map(({ urn }) => urn)));
        return { id, state };
      }
      return { id, state: { ...inputs, ...(mockedTypes[type]?.({ type, name, inputs }) ?? refuse(type)) } };
    },
  };
}

/** The value with every Output resolved. It never resolves if one of them fails. */
function resolved<T>(value: T): Promise<pulumi.Unwrap<T>> {
  return new Promise((resolve) => {
    pulumi.output(value).apply(resolve);
  });
}

/**
 * Collects unhandled rejections of registrations and of `apply`, until `stop` is called. Node and mocha would otherwise
 * end the whole test run.
 */
function catchStrays() {
  const failures: unknown[] = [];
  let announce: (failure: unknown) => void;
  const first = new Promise<never>((_, reject) => {
    announce = reject;
  });
  const add = (failure: unknown) => {
    failures.push(failure);
    announce(failure);
  };
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", add);
  return {
    add,
    first,
    throwIfAny: () => {
      if (failures.length > 0) throw failures[0];
    },
    stop: () => {
      process.off("unhandledRejection", add);
      others.forEach((listener) => process.on("unhandledRejection", listener));
    },
  };
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** The one resource of a type, or of a type and name. */
export function only(run: MockedRun<unknown>, type: string, name?: string): Registration {
  const found = all(run, type).filter((resource) => name === undefined || resource.name === name);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const names = all(run, type).map((resource) => resource.name);
  throw new Error(`${String(found.length)} of ${type} ${name ?? ""}; registered: ${names.join(", ")}`);
}

/** All resources of a type. */
export function all(run: MockedRun<unknown>, type: string): readonly Registration[] {
  return run.resources.filter((resource) => resource.type === type);
}
