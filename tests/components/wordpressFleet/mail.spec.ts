import { expect } from "chai";

import { domainOf, isInZone } from "../../../components/wordpressFleet/mailSettings";
import { all, only } from "../../support/mocks";
import { userDataText } from "../../support/userData";
import { runFleet } from "./fleet";

const identity = "aws:sesv2/emailIdentity:EmailIdentity";
const domain = { name: "blog.example.com", hostedZoneName: "example.com" };
const mail = { method: "ses", from: "wordpress@blog.example.com" } as const;

describe("WordPressFleet's mail", () => {
  it("is off by default, also in the servers' settings", async () => {
    const run = await runFleet({ domain });
    expect(all(run, identity)).to.deep.equal([]);
    expect(all(run, "aws:iam/rolePolicy:RolePolicy").map(({ name }) => name)).to.deep.equal(["site-secrets"]);
    const { userData } = only(run, "aws:ec2/launchTemplate:LaunchTemplate").inputs;
    expect(userDataText(userData)).not.to.include("MAIL_FROM");
  });

  it("is sent from one address, the only one that the servers' role may use", async () => {
    const run = await runFleet({ mail: { ...mail, configurationSet: "events" } });
    const { policy } = only(run, "aws:iam/rolePolicy:RolePolicy", "site-mail").inputs;
    expect(JSON.parse(String(policy))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["ses:SendEmail", "ses:SendRawEmail"],
          Resource: [
            "arn:aws:ses:us-east-1:123456789012:identity/*",
            "arn:aws:ses:us-east-1:123456789012:configuration-set/events",
          ],
          Condition: { StringEquals: { "ses:FromAddress": "wordpress@blog.example.com" } },
        },
      ],
    });
    const { userData } = only(run, "aws:ec2/launchTemplate:LaunchTemplate").inputs;
    expect(userDataText(userData))
      .to.include("MAIL_FROM=wordpress@blog.example.com\\n")
      .and.include("MAIL_CONFIGURATION_SET=events\\n");
    expect(all(run, identity), "an existing identity is not created").to.deep.equal([]);
  });

  it("changes no IAM resource with an existing profile", async () => {
    const run = await runFleet({ mail, instanceProfileName: "LabInstanceProfile" });
    expect(run.resources.filter(({ type }) => type.startsWith("aws:iam/"))).to.deep.equal([]);
  });

  it("creates an identity and the records that verify it, when the settings ask for it", async () => {
    const run = await runFleet({ domain, mail: { ...mail, identity: "create" } });
    expect(only(run, identity).inputs).to.deep.include({
      emailIdentity: "blog.example.com",
      dkimSigningAttributes: { nextSigningKeyLength: "RSA_2048_BIT" },
    });
    const records = all(run, "aws:route53/record:Record").filter(({ name }) => name.includes("dkim"));
    const zoneId = only(run, "aws:route53/record:Record", "site-alias").inputs["zoneId"];
    expect(records.map(({ inputs }) => inputs)).to.deep.equal(
      ["token1", "token2", "token3"].map((token) => ({
        zoneId,
        name: `${token}._domainkey.blog.example.com`,
        type: "CNAME",
        records: [`${token}.dkim.amazonses.com`],
        ttl: 1_800,
      })),
    );
  });
});

describe("a sender's domain", () => {
  it("is the part after the last @, in lower case", () => {
    expect(domainOf({ from: "a@Blog.Example.com" })).to.equal("blog.example.com");
  });

  it("is in a zone of its own name or of a parent's, and in no other", () => {
    const inZone = (from: string) => isInZone({ from }, "example.com");
    expect([inZone("a@example.com"), inZone("a@x.example.com")]).to.deep.equal([true, true]);
    expect([inZone("a@notexample.com"), inZone("a@example.com.test")]).to.deep.equal([false, false]);
  });
});
