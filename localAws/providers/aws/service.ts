import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import { openStruct, sealStruct } from "../protocol/secrets";
import { DetailedError, handshake, unary } from "../protocol/serve";
import { unknown } from "../protocol/special";
import type { AwsClients } from "./clients";
import { check } from "./core/check";
import { diff, type Difference } from "./core/diff";
import { create, previewCreate, previewUpdate, read, UnfinishedError, update } from "./core/lifecycle";
import {
  asMade,
  asProgrammed,
  noProviderTags,
  readProviderTags,
  withTagsAll,
  type ProviderTags,
} from "./core/providerTags";
import { isUnfinished } from "./core/state";
import { sentence } from "./errors";
import type { AnyResourceType, CheckFailure, FunctionType, Properties } from "./resourceType";

/** The types and functions of a provider. */
export interface Catalogue {
  readonly types: ReadonlyMap<string, AnyResourceType>;
  readonly functions: ReadonlyMap<string, FunctionType>;
}

/**
 * The calls of Pulumi's provider protocol for resource types ({@link AnyResourceType}).
 * @param catalogue called by the first request: loading it takes time
 */
export function awsService(catalogue: () => Promise<Catalogue>, aws: AwsClients, version: string) {
  const typeOf = async (token: string): Promise<AnyResourceType> => {
    const type = (await catalogue()).types.get(token);
    if (type === undefined) {
      throw new Error(`the local aws provider does not support the resource type ${token}`);
    }
    return type;
  };
  const tags = new Map<string, ProviderTags>();
  /** A connection that was opened again after a pause gets the latest. */
  const tagsOf = (peer: string) => tags.get(peer) ?? [...tags.values()].at(-1) ?? noProviderTags;
  const explained = async <Answer>(
    answer: Promise<Answer>,
    { subject, secrets }: { readonly subject?: string; readonly secrets: ReadonlySet<string> },
  ): Promise<Answer> => {
    const about = subject === undefined ? "" : `${subject}: `;
    try {
      return await answer;
    } catch (error) {
      if (error instanceof UnfinishedError) throw unfinishedFailure(error, about, secrets, aws.endpoint);
      throw new Error(about + sentence(error, aws.endpoint), { cause: error });
    }
  };

  return {
    ...handshake(version, (config, peer) => {
      refuseOtherRegion(config, aws.region);
      tags.set(peer, readProviderTags(config));
    }),

    check: unary(async (request: provider.CheckRequest, peer) => {
      const type = await typeOf(request.getType());
      const { properties, secrets } = openStruct(request.getNews());
      const { inputs, failures } = check(type, {
        name: request.getName(),
        inputs: properties,
        old: openStruct(request.getOlds()).properties,
        randomSeed: request.getRandomseed_asU8(),
      });
      return new provider.CheckResponse()
        .setInputs(sealStruct(withTagsAll(type, inputs, tagsOf(peer)), secretsOf(type, secrets)))
        .setFailuresList(failures.map(wireFailure));
    }),

    diff: unary(async (request: provider.DiffRequest, peer) => {
      const type = await typeOf(request.getType());
      const wanted = wantedOf(type, request, tagsOf(peer));
      const { differences, deleteBeforeReplace } = diff(type, wanted);
      const { DIFF_SOME, DIFF_NONE } = provider.DiffResponse.DiffChanges;
      const response = new provider.DiffResponse()
        .setChanges(differences.size > 0 || isUnfinished(wanted.old) ? DIFF_SOME : DIFF_NONE)
        .setDiffsList([...differences.keys()])
        .setReplacesList([...differences].flatMap(([name, { replace }]) => (replace ? [name] : [])))
        .setDeletebeforereplace(deleteBeforeReplace)
        .setHasdetaileddiff(true);
      for (const [name, difference] of differences) {
        const wire = new provider.PropertyDiff().setKind(wireKind(difference));
        response.getDetaileddiffMap().set(name, wire);
      }
      return response;
    }),

    create: unary(async (request: provider.CreateRequest, peer) => {
      const type = await typeOf(request.getType());
      const { properties, secrets } = openStruct(request.getProperties());
      const inputs = asMade(type, properties, tagsOf(peer));
      const hidden = secretsOf(type, secrets);
      const sealed = (id: string, state: Properties) =>
        sealStruct(withId(id, asProgrammed(type, state, properties["tags"], tagsOf(peer))), hidden);
      if (request.getPreview()) {
        return new provider.CreateResponse().setProperties(sealed(unknown, previewCreate(type, inputs)));
      }
      const { id, state } = await explained(create(type, aws, inputs), {
        subject: subjectOf(request),
        secrets: hidden,
      });
      return new provider.CreateResponse().setId(id).setProperties(sealed(id, state));
    }),

    read: unary(async (request: provider.ReadRequest, peer) => {
      const type = await typeOf(request.getType());
      const inputs = openStruct(request.getInputs());
      const state = openStruct(request.getProperties());
      const hidden = secretsOf(type, inputs.secrets, state.secrets);
      const prior = {
        inputs: asMade(type, inputs.properties, tagsOf(peer)),
        state: asMade(type, state.properties, tagsOf(peer)),
      };
      const own = inputs.properties["tags"] ?? state.properties["tags"];
      const programmed = (properties: Properties) => asProgrammed(type, properties, own, tagsOf(peer));
      const found = await explained(read(type, aws, request.getId(), prior), {
        subject: subjectOf(request),
        secrets: hidden,
      });
      // An empty id means that the resource does not exist.
      if (found === undefined) return new provider.ReadResponse();
      return new provider.ReadResponse()
        .setId(found.id)
        .setInputs(sealStruct(programmed(found.inputs), hidden))
        .setProperties(sealStruct(withId(found.id, programmed(found.state)), hidden));
    }),

    update: unary(async (request: provider.UpdateRequest, peer) => {
      const type = await typeOf(request.getType());
      const wanted = wantedOf(type, request, tagsOf(peer));
      const hidden = secretsOf(type, wanted.secrets);
      const state = request.getPreview()
        ? previewUpdate(type, wanted)
        : await explained(update(type, aws, request.getId(), wanted), {
            subject: subjectOf(request),
            secrets: hidden,
          });
      const programmed = asProgrammed(type, state, wanted.tags, tagsOf(peer));
      return new provider.UpdateResponse().setProperties(
        sealStruct(withId(request.getId(), programmed), hidden),
      );
    }),

    delete: unary(async (request: provider.DeleteRequest) => {
      const type = await typeOf(request.getType());
      const { properties, secrets } = openStruct(request.getProperties());
      await explained(type.delete(aws, request.getId(), properties), {
        subject: subjectOf(request),
        secrets,
      });
      return new Empty();
    }),

    invoke: unary(async (request: provider.InvokeRequest) => {
      const token = request.getTok();
      const type = (await catalogue()).functions.get(token);
      if (type === undefined)
        throw new Error(`the local aws provider does not support the function ${token}`);
      const { properties: args, secrets } = openStruct(request.getArgs());
      const failures = Object.keys(args)
        .filter((name) => !type.args.includes(name))
        .map((property) => ({
          property,
          reason: `${token} does not support ${property} here; the local provider supports ${type.args.join(", ")}`,
        }));
      if (failures.length > 0) {
        return new provider.InvokeResponse().setFailuresList(failures.map(wireFailure));
      }
      const answer = await explained(type.invoke(aws, args), { secrets });
      return new provider.InvokeResponse().setReturn(sealStruct(answer, secrets));
    }),
  };
}

/** The outputs with the id, as in the official provider. Policies read it there. */
function withId(id: string, state: Properties): Properties {
  return { ...state, id };
}

/** The resource of an error, for its message. */
function subjectOf(request: { readonly getType: () => string; readonly getName: () => string }): string {
  return `${request.getType()} "${request.getName()}"`;
}

/** The state to compare; the wanted inputs determine which values are secret. */
function wantedOf(
  type: AnyResourceType,
  request: provider.DiffRequest | provider.UpdateRequest,
  tags: ProviderTags,
) {
  const { properties, secrets } = openStruct(request.getNews());
  return {
    name: request.getName(),
    old: asMade(type, openStruct(request.getOlds()).properties, tags),
    new: asMade(type, properties, tags),
    /** As the program gives them. */
    tags: properties["tags"],
    ignoreChanges: request.getIgnorechangesList(),
    secrets,
  };
}

/** Secret because of the program or because of the type. */
function secretsOf(type: AnyResourceType, ...given: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const always = Object.entries(type.properties).flatMap(([name, rule]) =>
    rule?.secret === true ? [name] : [],
  );
  return new Set([...always, ...given.flatMap((names) => [...names])]);
}

/** An error, as the program must not create resources in another region than it requests. */
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

/** The engine stores the details in its state, as a resource that failed to initialize. */
function unfinishedFailure(
  { resource, cause }: UnfinishedError,
  about: string,
  secrets: ReadonlySet<string>,
  endpoint: string,
): DetailedError {
  const reason = sentence(cause, endpoint);
  const detail = new provider.ErrorResourceInitFailed()
    .setId(resource.id)
    .setProperties(sealStruct(withId(resource.id, resource.state), secrets))
    .setReasonsList([reason]);
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const message = `${about}${resource.id} was created, but not completed: ${reason}. The next update completes it.`;
  const wire = new Status().setCode(2).setMessage(message).setDetailsList([packed]);
  return new DetailedError(message, wire.serializeBinary());
}
