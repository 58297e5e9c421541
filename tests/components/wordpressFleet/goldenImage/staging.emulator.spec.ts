import { S3 } from "@aws-sdk/client-s3";
import { expect } from "chai";

import { renderBuilderUserData } from "../../../../components/wordpressFleet/builderUserData";
import type { BuilderData } from "../../../../components/wordpressFleet/goldenImage/staging";
import { useEmulator } from "../../../support/emulator";
import { eventually } from "../../../support/eventually";
import { rejectionOf } from "../../../support/rejection";
import { machinesOf, openBakingSite, urn } from "./site";

const object = Buffer.from("themes and plugins");

describe("content for a builder", () => {
  const emulator = useEmulator();

  async function newSite() {
    const config = emulator.clientConfig(emulator.newAccountId());
    const urls: string[] = [];
    const data: BuilderData = {
      object,
      userData: (url) => {
        urls.push(url);
        return renderBuilderUserData();
      },
    };
    const site = await openBakingSite(config, () => data);
    return {
      site,
      urls,
      s3: new S3({ ...config, forcePathStyle: true }),
      accountId: config.credentials.accessKeyId,
    };
  }

  const bucketsIn = async (s3: S3) =>
    ((await s3.listBuckets({})).Buckets ?? []).flatMap(({ Name }) => Name ?? []);

  it("is in a private bucket behind a signed URL during the bake, and nowhere afterwards", async () => {
    const { site, urls, s3, accountId } = await newSite();
    const baking = site.provider.create(urn, site.inputs);
    await eventually("a builder", async () => (await machinesOf(site))[0]);
    const [Bucket = "", ...others] = await bucketsIn(s3);
    expect(others).to.deep.equal([]);
    expect(Bucket).to.match(new RegExp(`^golden-image-${accountId}-[0-9a-f]{16}$`));
    const { PublicAccessBlockConfiguration } = await s3.getPublicAccessBlock({ Bucket });
    expect(PublicAccessBlockConfiguration).to.deep.equal({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    const { Policy = "" } = await s3.getBucketPolicy({ Bucket });
    expect(JSON.parse(Policy))
      .to.have.nested.property("Statement[0].Condition")
      .that.deep.equals({
        Bool: { "aws:SecureTransport": "false" },
      });
    expect((await s3.headObject({ Bucket, Key: "content" })).ServerSideEncryption).to.equal("AES256");
    expect((await s3.getBucketTagging({ Bucket })).TagSet).to.deep.include({ Key: "Stack", Value: "dev" });
    const { Rules } = await s3.getBucketLifecycleConfiguration({ Bucket });
    expect(Rules?.[0]).to.deep.include({ Status: "Enabled", Expiration: { Days: 1 } });
    const [signed = ""] = urls;
    expect(signed).to.include(`/${Bucket}/content?`).and.include("X-Amz-Expires=60&");
    await baking;
    expect(await bucketsIn(s3)).to.deep.equal([]);
  });

  it("is not uploaded for an image that exists", async () => {
    const { site, urls, s3 } = await newSite();
    await site.provider.create(urn, site.inputs);
    await site.provider.create(urn, site.inputs);
    expect(urls).to.have.length(1);
    expect(await bucketsIn(s3)).to.deep.equal([]);
  });

  it("is deleted when the bake fails", async () => {
    const { site, s3 } = await newSite();
    const message = await rejectionOf(site.provider.create(urn, { ...site.inputs, publicAddress: false }));
    expect(message).to.include("no package list");
    expect(await bucketsIn(s3)).to.deep.equal([]);
  });

  it("of a killed run is replaced by the next bake's, and deleted with it", async () => {
    const { site, s3, accountId } = await newSite();
    const baking = site.provider.create(urn, site.inputs);
    const [Bucket = ""] = await eventually("a bucket", async () => {
      const found = await bucketsIn(s3);
      return found.length > 0 ? found : undefined;
    });
    await baking;
    expect(Bucket).to.include(accountId);
    await s3.createBucket({ Bucket });
    await s3.putObject({ Bucket, Key: "content", Body: "older" });
    await site.provider.create(urn, { ...site.inputs, contentHash: "ba9876543210" });
    expect(await bucketsIn(s3)).to.deep.equal([]);
  });
});
