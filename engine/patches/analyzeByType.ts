/**
 * Speed only, for `analyzer.ts`. For each resource the policy SDK prepares the arguments of each rule, calls it and waits;
 * most rules answer that they do not apply to the type. With this patch the SDK calls only those that apply, and the
 * answer for the others is encoded once for each type.
 *
 * Upstream: https://github.com/pulumi/pulumi/issues/6500 is about the time that policies take.
 * Checked against: @pulumi/policy 1.21.0, @grpc/grpc-js 1.14.7.
 */
import type { ServiceDefinition, StatusObject, UntypedServiceImplementation } from "@grpc/grpc-js";
import { AnalyzeResponse, PolicyNotApplicable, type AnalyzeRequest } from "@pulumi/pulumi/proto/analyzer_pb";

import { appliesTo } from "../../policies/support/applies";

/** A gRPC service and its methods. */
export interface Service {
  readonly definition: ServiceDefinition;
  readonly methods: UntypedServiceImplementation;
}

/** A policy as the SDK takes it. */
interface Policy {
  readonly name: string;
}

interface Policies<P extends Policy> {
  readonly policies: readonly P[];
  readonly isDisabled: (policy: string) => boolean;
}

type Answer = (error: Partial<StatusObject> | null, response?: AnalyzeResponse | Buffer) => void;
type Analyze = (call: { readonly request: AnalyzeRequest }, answer: Answer) => void;

/** How resources of a type are analyzed. */
interface TypeAnalysis {
  readonly analyze: Analyze;
  readonly others: readonly PolicyNotApplicable[];
  /** The encoded answer that nothing is wrong, and that the others do not apply. */
  readonly passed: Buffer;
}

/**
 * @param makeAnalyze the SDK's own function for some policies
 * @throws TypeError when the service has no method `analyze`, or `makeAnalyze` makes no function: then the patch does not
 *   fit the SDK's version
 */
export function analyzeByType<P extends Policy>(
  { policies, isDisabled }: Policies<P>,
  makeAnalyze: (policies: readonly P[]) => unknown,
): (service: Service) => Service {
  const analyses = new Map<string, TypeAnalysis>();
  const analysisOf = (type: string): TypeAnalysis => {
    const known = analyses.get(type);
    if (known !== undefined) return known;
    const analyze = makeAnalyze(policies.filter((policy) => appliesTo(policy, type)));
    if (!isAnalyze(analyze)) throw new TypeError("the SDK makes no function that analyzes resources");
    const others = policies
      .filter((policy) => hasResourcePart(policy) && !appliesTo(policy, type) && !isDisabled(policy.name))
      .map(({ name }) => notApplicable(name));
    const analysis = { analyze, others, passed: encoded(new AnalyzeResponse(), others) };
    analyses.set(type, analysis);
    return analysis;
  };
  return ({ definition, methods }) => {
    const { analyze: method } = definition;
    if (method === undefined) throw new TypeError("the analyzer service has no method analyze");
    return {
      definition: {
        ...definition,
        analyze: {
          ...method,
          responseSerialize: (answer: unknown) =>
            Buffer.isBuffer(answer) ? answer : method.responseSerialize(answer),
        },
      },
      methods: {
        ...methods,
        analyze: (call: Parameters<Analyze>[0], answer: Answer) => {
          const { analyze, others, passed } = analysisOf(call.request.getType());
          analyze(call, (error, response) => {
            if (!(response instanceof AnalyzeResponse)) answer(error, response);
            else if (isEmpty(response)) answer(error, passed);
            else answer(error, encoded(response, others));
          });
        },
      },
    };
  };
}

function isAnalyze(value: unknown): value is Analyze {
  return typeof value === "function";
}

function hasResourcePart(policy: object): boolean {
  return "validateResource" in policy || "remediateResource" in policy;
}

function notApplicable(policy: string): PolicyNotApplicable {
  const entry = new PolicyNotApplicable();
  entry.setPolicyName(policy);
  return entry;
}

function isEmpty(response: AnalyzeResponse): boolean {
  return response.getDiagnosticsList().length === 0 && response.getNotApplicableList().length === 0;
}

function encoded(response: AnalyzeResponse, others: readonly PolicyNotApplicable[]): Buffer {
  response.setNotApplicableList([...response.getNotApplicableList(), ...others]);
  return Buffer.from(response.serializeBinary());
}
