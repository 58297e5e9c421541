import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { expect } from "chai";

import { vpc } from "../../../../localAws/providers/aws/ec2/vpc";
import type {
  AnyResourceType,
  FunctionType,
  Properties,
} from "../../../../localAws/providers/aws/resourceType";
import { awsService } from "../../../../localAws/providers/aws/service";
import { serve, type Serving } from "../../../../localAws/providers/protocol/serve";
import { secret, unknown } from "../../../../localAws/providers/protocol/special";
import { fromStruct, toStruct } from "../../../../localAws/providers/protocol/struct";
import { fakeType, noAws } from "./fakeType";

const urn = "urn:pulumi:s::p::aws:fake/thing:Thing::web";

describe("the aws provider's protocol", () => {
  const servings: Serving[] = [];
  const clients: ResourceProviderClient[] = [];
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
    for (const serving of servings.splice(0)) serving.close();
  });

  async function connect(types: readonly AnyResourceType[], functions: readonly FunctionType[] = []) {
    const catalogue = {
      types: new Map(types.map((type) => [type.token, type])),
      functions: new Map(functions.map((type) => [type.token, type])),
    };
    const serving = await serve(awsService(() => Promise.resolve(catalogue), noAws, "1.2.3"));
    servings.push(serving);
    const client = new ResourceProviderClient(
      `127.0.0.1:${String(serving.port)}`,
      credentials.createInsecure(),
    );
    clients.push(client);
    return client;
  }

  const checkRequest = (token: string, inputs: Properties) =>
    new provider.CheckRequest().setUrn(urn).setType(token).setName("web").setNews(toStruct(inputs));

  it("refuses an unsupported resource type by its name", async () => {
    const client = await connect([]);
    const error = await failure((done) => client.check(checkRequest("aws:fake/thing:Thing", {}), done));
    expect(error.details).to.equal(
      "the local aws provider does not support the resource type aws:fake/thing:Thing",
    );
  });

  it("refuses an unsupported function and argument by their names", async () => {
    const known: FunctionType = {
      token: "aws:fake/get:get",
      args: ["id"],
      invoke: (_aws, args) => Promise.resolve({ ...args, answer: 42 }),
    };
    const client = await connect([], [known]);
    const request = (token: string, args: Properties) =>
      new provider.InvokeRequest().setTok(token).setArgs(toStruct(args));
    const error = await failure((done) => client.invoke(request("aws:fake/other:other", {}), done));
    expect(error.details).to.include("aws:fake/other:other");
    const refused = await answer<provider.InvokeResponse>((done) =>
      client.invoke(request("aws:fake/get:get", { name: "x" }), done),
    );
    expect(refused.getFailuresList().map((one) => one.getReason())).to.deep.equal([
      "aws:fake/get:get does not support name here; the local provider supports id",
    ]);
    const answered = await answer<provider.InvokeResponse>((done) =>
      client.invoke(request("aws:fake/get:get", { id: "x" }), done),
    );
    expect(fromStruct(answered.getReturn())).to.deep.equal({ id: "x", answer: 42 });
  });

  it("returns the failures of a check by property", async () => {
    const client = await connect([fakeType({ size: { required: true } })]);
    const response = await answer<provider.CheckResponse>((done) =>
      client.check(checkRequest("aws:fake/thing:Thing", {}), done),
    );
    expect(response.getFailuresList().map((one) => one.getProperty())).to.deep.equal(["size"]);
  });

  it("marks the secret properties of a type", async () => {
    const client = await connect([fakeType({ password: { secret: true } })]);
    const response = await answer<provider.CheckResponse>((done) =>
      client.check(checkRequest("aws:fake/thing:Thing", { password: "hunter2" }), done),
    );
    expect(fromStruct(response.getInputs())).to.deep.equal({ password: secret("hunter2") });
  });

  it("unwraps the program's secrets for AWS, and marks them under every name", async () => {
    const given: Properties[] = [];
    const type = fakeType(
      { size: {}, tags: {} },
      {
        create: (_aws, inputs) => {
          given.push(inputs);
          return Promise.resolve({ id: "thing-1" });
        },
        read: () =>
          Promise.resolve({ size: 1, tags: { Owner: "me" }, tagsAll: { Owner: "me" }, zone: "us-east-1a" }),
      },
    );
    const client = await connect([type]);
    const request = createRequest({ size: 1, tags: { Owner: secret("me") } });
    const response = await answer<provider.CreateResponse>((done) => client.create(request, done));
    expect(given).to.deep.equal([{ size: 1, tags: { Owner: "me" } }]);
    expect(fromStruct(response.getProperties())).to.deep.equal({
      id: "thing-1",
      size: 1,
      tags: secret({ Owner: "me" }),
      tagsAll: secret({ Owner: "me" }),
      zone: "us-east-1a",
    });
  });

  it("returns differences by property", async () => {
    const client = await connect([fakeType({ a: {}, b: { replace: true }, c: {} })]);
    const request = new provider.DiffRequest()
      .setUrn(urn)
      .setType("aws:fake/thing:Thing")
      .setOlds(toStruct({ b: 1, c: 1 }))
      .setNews(toStruct({ a: 1, b: 2 }));
    const response = await answer<provider.DiffResponse>((done) => client.diff(request, done));
    expect(response.getChanges()).to.equal(provider.DiffResponse.DiffChanges.DIFF_SOME);
    expect(response.getReplacesList()).to.deep.equal(["b"]);
    const { ADD, UPDATE_REPLACE, DELETE } = provider.PropertyDiff.Kind;
    const kinds: Record<string, provider.PropertyDiff.Kind> = {};
    response.getDetaileddiffMap().forEach((one, name) => {
      kinds[name] = one.getKind();
    });
    expect(kinds).to.deep.equal({ a: ADD, b: UPDATE_REPLACE, c: DELETE });
    const same = await answer<provider.DiffResponse>((done) =>
      client.diff(request.setNews(toStruct({ b: 1, c: 1 })), done),
    );
    expect(same.getChanges()).to.equal(provider.DiffResponse.DiffChanges.DIFF_NONE);
  });

  it("previews without a request to AWS", async () => {
    const client = await connect([fakeType({ size: {}, zone: { computed: true } })]);
    const created = await answer<provider.CreateResponse>((done) =>
      client.create(createRequest({ size: 1 }).setPreview(true), done),
    );
    expect(fromStruct(created.getProperties())).to.deep.equal({ id: unknown, size: 1, zone: unknown });
    const request = new provider.UpdateRequest()
      .setUrn(urn)
      .setId("thing-1")
      .setType("aws:fake/thing:Thing")
      .setOlds(toStruct({ arn: "arn:1", id: "thing-1", size: 1 }))
      .setNews(toStruct({ size: 2 }))
      .setPreview(true);
    const updated = await answer<provider.UpdateResponse>((done) => client.update(request, done));
    expect(fromStruct(updated.getProperties())).to.deep.equal({ arn: "arn:1", id: "thing-1", size: 2 });
  });

  it("returns an empty id for a resource that does not exist", async () => {
    const client = await connect([fakeType({}, { read: () => Promise.resolve(undefined) })]);
    const request = new provider.ReadRequest().setUrn(urn).setType("aws:fake/thing:Thing").setId("thing-1");
    const response = await answer<provider.ReadResponse>((done) => client.read(request, done));
    expect(response.getId()).to.equal("");
  });

  it("returns a resource that was created but not completed", async () => {
    const type = fakeType(
      { size: {} },
      {
        create: () => Promise.resolve({ id: "thing-1" }),
        complete: () => Promise.reject(new Error("throttled")),
      },
    );
    const client = await connect([type]);
    const error = await failure((done) => client.create(createRequest({ size: 1 }), done));
    expect(error.details).to.equal(
      'aws:fake/thing:Thing "web": thing-1 was created, but not completed: throttled. The next update completes it.',
    );
    const [packed] = error.metadata.get("grpc-status-details-bin");
    const details = Status.deserializeBinary(Buffer.from(packed ?? "")).getDetailsList();
    const kept = details[0]?.unpack(
      (bytes) => provider.ErrorResourceInitFailed.deserializeBinary(bytes),
      "pulumirpc.ErrorResourceInitFailed",
    );
    expect(kept?.getId()).to.equal("thing-1");
    expect(kept?.getReasonsList()).to.deep.equal(["throttled"]);
    expect(fromStruct(kept?.getProperties())).to.include({ size: 1 });
  });

  it("names the call that got no response when the emulator does not run", async () => {
    const client = await connect([vpc]);
    const request = new provider.CreateRequest()
      .setUrn(urn)
      .setType(vpc.token)
      .setName("web")
      .setProperties(toStruct({ cidrBlock: "10.0.0.0/16" }));
    const error = await failure((done) => client.create(request, done));
    expect(error.details).to.equal(
      'aws:ec2/vpc:Vpc "web": CreateVpc got no answer from http://127.0.0.1:1 (ECONNREFUSED). Is the emulator running?',
    );
  });

  it("refuses a stack of another region", async () => {
    const client = await connect([]);
    const request = new provider.ConfigureRequest();
    request.getVariablesMap().set("aws:config:region", "eu-west-1");
    const error = await failure((done) => client.configure(request, done));
    expect(error.details).to.include("eu-west-1").and.to.include("us-east-1");
    request.getVariablesMap().set("aws:config:region", "us-east-1");
    const response = await answer<provider.ConfigureResponse>((done) => client.configure(request, done));
    expect(response.getSupportspreview()).to.equal(true);
  });
});

function createRequest(inputs: Properties): provider.CreateRequest {
  return new provider.CreateRequest()
    .setUrn(urn)
    .setType("aws:fake/thing:Thing")
    .setName("web")
    .setProperties(toStruct(inputs));
}

type Done<Response> = (error: ServiceError | null, response: Response) => void;

function answer<Response>(call: (done: Done<Response>) => void): Promise<Response> {
  return new Promise((resolve, reject) => {
    call((error, response) => {
      if (error === null) resolve(response);
      else reject(error);
    });
  });
}

function failure<Response>(call: (done: Done<Response>) => void): Promise<ServiceError> {
  return new Promise((resolve, reject) => {
    call((error) => {
      if (error === null) reject(new Error("it succeeded"));
      else resolve(error);
    });
  });
}
