import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import { DetailedError, handshake, unary } from "../protocol/serve";
import { fromStruct, toStruct } from "../protocol/struct";
import type { AwsClients } from "./clients";
import { check } from "./core/check";
import { diff, type Difference } from "./core/diff";
import { create, previewUpdate, read, UnfinishedError, update } from "./core/lifecycle";
import { isUnfinished, withSecrets } from "./core/state";
import { sentence } from "./errors";
import type { AnyResourceType, CheckFailure, FunctionType } from "./resourceType";

/** What a provider knows. */
export interface Catalogue {
  readonly types: ReadonlyMap<string, AnyResourceType>;
  readonly functions: ReadonlyMap<string, FunctionType>;
}

/** The calls of Pulumi's provider protocol over resource types of {@link AnyResourceType}'s form. */
export function awsService({ types, functions }: Catalogue, aws: AwsClients, version: string) {
  const typeOf = (token: string): AnyResourceType => {
    const type = types.get(token);
    if (type === undefined) {
      throw new Error(`the local aws provider does not know the resource type ${token}`);
    }
    return type;
  };
  const told = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof UnfinishedError) throw unfinishedFailure(error, aws.endpoint);
      throw new Error(sentence(error, aws.endpoint), { cause: error });
    }
  };
  const { PropertyDiff } = provider;

  return {
    ...handshake(version, false, (config) => {
      refuseOtherRegion(config, aws.region);
    }),

    check: unary((request: provider.CheckRequest) => {
      const type = typeOf(request.getType());
      const { inputs, failures } = check(type, {
        name: request.getName(),
        inputs: fromStruct(request.getNews()),
        old: fromStruct(request.getOlds()),
        randomSeed: request.getRandomseed_asU8(),
      });
      return new provider.CheckResponse()
        .setInputs(toStruct(withSecrets(type, inputs)))
        .setFailuresList(failures.map(wireFailure));
    }),

    diff: unary((request: provider.DiffRequest) => {
      const old = fromStruct(request.getOlds());
      const { differences, deleteBeforeReplace } = diff(typeOf(request.getType()), {
        name: request.getName(),
        old,
        new: fromStruct(request.getNews()),
        ignoreChanges: request.getIgnorechangesList(),
      });
      const { DIFF_SOME, DIFF_NONE } = provider.DiffResponse.DiffChanges;
      const response = new provider.DiffResponse()
        .setChanges(differences.size > 0 || isUnfinished(old) ? DIFF_SOME : DIFF_NONE)
        .setDiffsList([...differences.keys()])
        .setReplacesList([...differences].flatMap(([name, { replace }]) => (replace ? [name] : [])))
        .setDeletebeforereplace(deleteBeforeReplace)
        .setHasdetaileddiff(true);
      for (const [name, difference] of differences) {
        response.getDetaileddiffMap().set(name, new PropertyDiff().setKind(wireKind(difference)));
      }
      return response;
    }),

    create: unary(async (request: provider.CreateRequest) => {
      const type = typeOf(request.getType());
      const inputs = fromStruct(request.getProperties());
      // The outputs that only AWS knows are left out, which to the engine means that they are not known yet.
      if (request.getPreview()) {
        return new provider.CreateResponse().setProperties(toStruct(withSecrets(type, inputs)));
      }
      const { id, state } = await told(create(type, aws, inputs));
      return new provider.CreateResponse().setId(id).setProperties(toStruct(withSecrets(type, state)));
    }),

    read: unary(async (request: provider.ReadRequest) => {
      const type = typeOf(request.getType());
      const prior = { inputs: fromStruct(request.getInputs()), state: fromStruct(request.getProperties()) };
      const found = await told(read(type, aws, request.getId(), prior));
      // An empty id tells the engine that it is gone.
      if (found === undefined) return new provider.ReadResponse();
      return new provider.ReadResponse()
        .setId(request.getId())
        .setInputs(toStruct(withSecrets(type, found.inputs)))
        .setProperties(toStruct(withSecrets(type, found.state)));
    }),

    update: unary(async (request: provider.UpdateRequest) => {
      const type = typeOf(request.getType());
      const wanted = {
        name: request.getName(),
        old: fromStruct(request.getOlds()),
        new: fromStruct(request.getNews()),
        ignoreChanges: request.getIgnorechangesList(),
      };
      const state = request.getPreview()
        ? previewUpdate(type, wanted)
        : await told(update(type, aws, request.getId(), wanted));
      return new provider.UpdateResponse().setProperties(toStruct(withSecrets(type, state)));
    }),

    delete: unary(async (request: provider.DeleteRequest) => {
      const type = typeOf(request.getType());
      await told(type.delete(aws, request.getId(), fromStruct(request.getProperties())));
      return new Empty();
    }),

    invoke: unary(async (request: provider.InvokeRequest) => {
      const token = request.getTok();
      const type = functions.get(token);
      if (type === undefined) throw new Error(`the local aws provider does not know the function ${token}`);
      const args = fromStruct(request.getArgs());
      const failures = Object.keys(args)
        .filter((name) => !type.args.includes(name))
        .map((property) => ({
          property,
          reason: `${token} takes no ${property} here: the local provider knows ${type.args.join(", ")}`,
        }));
      if (failures.length > 0) {
        return new provider.InvokeResponse().setFailuresList(failures.map(wireFailure));
      }
      return new provider.InvokeResponse().setReturn(toStruct(await told(type.invoke(aws, args))));
    }),
  };
}

/** Resources made in another region than the program asked for would be worse than an error. */
function refuseOtherRegion(config: ReadonlyMap<string, string>, served: string): void {
  const asked = config.get("aws:config:region");
  if (asked === undefined || asked === served) return;
  throw new Error(
    `the stack asks for the region ${asked} (aws:region), and this emulator run is for ${served}`,
  );
}

function wireFailure({ property, reason }: CheckFailure): provider.CheckFailure {
  return new provider.CheckFailure().setProperty(property).setReason(reason);
}

function wireKind({ kind, replace }: Difference): provider.PropertyDiff.Kind {
  const { Kind } = provider.PropertyDiff;
  switch (kind) {
    case "add":
      return replace ? Kind.ADD_REPLACE : Kind.ADD;
    case "delete":
      return replace ? Kind.DELETE_REPLACE : Kind.DELETE;
    case "update":
      return replace ? Kind.UPDATE_REPLACE : Kind.UPDATE;
  }
}

/** The engine keeps what the details tell in its state, as a resource that failed to initialise. */
function unfinishedFailure({ resource, cause }: UnfinishedError, endpoint: string): DetailedError {
  const reason = sentence(cause, endpoint);
  const detail = new provider.ErrorResourceInitFailed()
    .setId(resource.id)
    .setProperties(toStruct(resource.state))
    .setReasonsList([reason]);
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const message = `${resource.id} was made, but not finished: ${reason}. The next update goes on from there.`;
  const wire = new Status().setCode(2).setMessage(message).setDetailsList([packed]);
  return new DetailedError(message, wire.serializeBinary());
}
