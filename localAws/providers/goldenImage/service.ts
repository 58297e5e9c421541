import type { S3 } from "@aws-sdk/client-s3";
import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import type { Progress } from "../../../components/wordpressFleet/goldenImage/ec2";
import { engineMessages } from "../../../components/wordpressFleet/goldenImage/provider/engineLog";
import { goldenImageProvider } from "../../../components/wordpressFleet/goldenImage/provider/provider";
import { storageOf } from "../../../components/wordpressFleet/goldenImage/storage";
import type { AwsClients } from "../aws/clients";
import { sentence } from "../aws/errors";
import { handshake, unary } from "../protocol/serve";
import { fromStruct, toStruct } from "../protocol/struct";

/** Poll interval. The emulator builds an image or replaces a server within a second. */
const pollMilliseconds = 400;

const silent: Progress = { step: () => undefined, passing: () => undefined };

/** Signs with S3's own host, which the servers of a live region reach: the emulator's address is this machine's only. */
async function signerFor({ region, accountId }: AwsClients): Promise<S3> {
  const { S3 } = await import("@aws-sdk/client-s3");
  return new S3({
    region,
    credentials: { accessKeyId: accountId, secretAccessKey: "emulator" },
    // The bucket is not a part of the host: the region's resolvers know AWS's hosts by name.
    forcePathStyle: true,
  });
}

/**
 * The calls of Pulumi's provider protocol for the program's golden image provider. On AWS it is a separate process; here
 * it runs in this process and uses the emulator.
 */
export function goldenImageService(aws: AwsClients) {
  const providerShowing = (progressOf: (urn: string) => Progress) =>
    goldenImageProvider({
      builderData: async () =>
        (await import("../../../components/wordpressFleet/builderUserData.ts")).builderData(),
      storage: async () => storageOf(await aws.s3(), await aws.sts(), await signerFor(aws)),
      ec2: aws.ec2,
      rollout: async () => ({ scaling: await aws.autoScaling(), targets: await aws.elbv2() }),
      progressOf,
      pollMilliseconds,
    });
  let golden = providerShowing(() => silent);
  const explained = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    try {
      return await answer;
    } catch (error) {
      throw new Error(sentence(error, aws.endpoint), { cause: error });
    }
  };

  return {
    ...handshake(golden.version, () => undefined),

    /** Called by each engine with its address. An engine cancels at its end; the next one, e.g. of an `up`, attaches again. */
    attach: unary((request: PluginAttach) => {
      golden = providerShowing(engineMessages(request.getAddress()));
      return new Empty();
    }),

    cancel: unary(async () => {
      await golden.cancel();
      return new Empty();
    }),

    check: unary(async (request: provider.CheckRequest) => {
      const { failures } = await golden.check(request.getUrn(), undefined, fromStruct(request.getNews()));
      return new provider.CheckResponse()
        .setInputs(request.getNews())
        .setFailuresList(
          failures.map(({ property, reason }) =>
            new provider.CheckFailure().setProperty(property).setReason(reason),
          ),
        );
    }),

    diff: unary(async (request: provider.DiffRequest) => {
      const { changes, replaces } = await golden.diff(
        request.getId(),
        request.getUrn(),
        fromStruct(request.getOlds()),
        fromStruct(request.getNews()),
      );
      const { DIFF_SOME, DIFF_NONE } = provider.DiffResponse.DiffChanges;
      return new provider.DiffResponse()
        .setChanges(changes ? DIFF_SOME : DIFF_NONE)
        .setReplacesList(replaces);
    }),

    create: unary(async (request: provider.CreateRequest) => {
      if (request.getPreview()) return new provider.CreateResponse().setProperties(request.getProperties());
      const { id, outs } = await explained(
        golden.create(request.getUrn(), fromStruct(request.getProperties())),
      );
      return new provider.CreateResponse().setId(id).setProperties(toStruct(outs));
    }),

    read: unary(async (request: provider.ReadRequest) => {
      const props = fromStruct(request.getProperties());
      const found = await explained(golden.read(request.getId(), request.getUrn(), props));
      if (found.id === undefined) return new provider.ReadResponse();
      return new provider.ReadResponse()
        .setId(found.id)
        .setProperties(toStruct(found.props))
        .setInputs(toStruct(found.inputs));
    }),

    update: unary(async (request: provider.UpdateRequest) => {
      if (request.getPreview()) return new provider.UpdateResponse().setProperties(request.getNews());
      const { outs } = await explained(
        golden.update(
          request.getId(),
          request.getUrn(),
          fromStruct(request.getOlds()),
          fromStruct(request.getNews()),
        ),
      );
      return new provider.UpdateResponse().setProperties(toStruct(outs));
    }),

    delete: unary(async (request: provider.DeleteRequest) => {
      const state = fromStruct(request.getProperties());
      await explained(golden.delete(request.getId(), request.getUrn(), state));
      return new Empty();
    }),
  };
}
