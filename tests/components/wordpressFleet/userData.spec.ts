import { expect } from "chai";

import { userDataLimitBytes } from "../../../components/wordpressFleet/server/pack";
import {
  assertUserDataFits,
  largestSettings,
  renderUserData,
} from "../../../components/wordpressFleet/userData";
import { userDataText } from "../../support/userData";

const settings = {
  databaseAddress: "db.example.internal",
  databasePort: 3307,
  databaseName: "blog",
  databaseSecretArn: "arn:aws:secretsmanager:us-west-2:123456789012:secret:rds!db-1",
  region: "us-west-2",
  siteUrl: "https://blog.example.com",
  uploads: "fs-0123456789abcdef0.efs.us-west-2.amazonaws.com",
  siteTitle: 'Ünser $HOME "Blog" 😀',
  adminSecretArn: "arn:aws:secretsmanager:us-west-2:123456789012:secret:administrator-1",
  internet: true,
};

describe("the user data", () => {
  it("writes the settings to the server's settings file, one per line", () => {
    const adminEmail = "someone@example.com";
    const text = userDataText(renderUserData({ image: "existing", settings: { ...settings, adminEmail } }));
    expect(text).to.match(/^#cloud-config\n/);
    const config: unknown = JSON.parse(text.replace("#cloud-config\n", ""));
    expect(config)
      .to.have.property("write_files")
      .that.deep.includes({
        path: "/etc/wordpress-on-aws/settings.env",
        permissions: "0644",
        content: [
          "DATABASE_ADDRESS=db.example.internal",
          "DATABASE_PORT=3307",
          "DATABASE_NAME=blog",
          "DATABASE_SECRET_ARN=arn:aws:secretsmanager:us-west-2:123456789012:secret:rds!db-1",
          "AWS_REGION=us-west-2",
          "SITE_URL=https://blog.example.com",
          "UPLOADS=fs-0123456789abcdef0.efs.us-west-2.amazonaws.com",
          'SITE_TITLE=Ünser $HOME "Blog" 😀',
          "ADMIN_EMAIL=someone@example.com",
          "ADMIN_SECRET_ARN=arn:aws:secretsmanager:us-west-2:123456789012:secret:administrator-1",
          "INTERNET=yes",
          "",
        ].join("\n"),
      });
  });

  it("omits the administrator's address when there is none", () => {
    expect(userDataText(renderUserData({ image: "existing", settings }))).not.to.include("ADMIN_EMAIL");
  });

  it("contains the certificate authority of the region's databases", () => {
    const text = userDataText(renderUserData({ image: "existing", settings }));
    expect(text).to.include("/etc/wordpress-on-aws/database-ca.pem").and.to.include("BEGIN CERTIFICATE");
    expect(() => renderUserData({ image: "existing", settings: { ...settings, region: "mars-1" } })).to.throw(
      "mars-1",
    );
  });

  it("is small for an image with the server's files, and contains them for an image without", () => {
    const sizeOf = (image: "existing" | "bootstrap") =>
      Buffer.from(renderUserData({ image, settings }), "base64").length;
    expect(sizeOf("existing")).to.be.below(2_048);
    expect(sizeOf("bootstrap")).to.be.above(sizeOf("existing")).and.at.most(userDataLimitBytes);
  });

  it("is the same for the same settings, as a difference would replace every server", () => {
    const render = () => renderUserData({ image: "bootstrap", settings });
    expect(render()).to.equal(render());
  });

  it("states whether there is a route to the internet, and how mail is sent", () => {
    const settingsLines = (
      given: Partial<typeof settings> & { mailFrom?: string; mailConfigurationSet?: string },
    ) => userDataText(renderUserData({ image: "existing", settings: { ...settings, ...given } }));
    expect(settingsLines({ internet: false }))
      .to.include("INTERNET=no\\n")
      .and.not.to.include("MAIL_");
    expect(settingsLines({ mailFrom: "a@example.com" }))
      .to.include("MAIL_FROM=a@example.com\\n")
      .and.not.to.include("MAIL_CONFIGURATION_SET");
    expect(settingsLines({ mailFrom: "a@example.com", mailConfigurationSet: "events" })).to.include(
      "MAIL_CONFIGURATION_SET=events\\n",
    );
  });

  it("runs the first boot's installation when the image does not contain it", () => {
    const text = userDataText(renderUserData({ image: "bootstrap", settings }));
    expect(text).to.match(/^#!\/bin\/sh\n/);
    expect(text).to.include("put 0644 '/etc/wordpress-on-aws/settings.env' <<'EOF'\nDATABASE_ADDRESS=");
    expect(text.indexOf("settings.env")).to.be.below(
      text.indexOf("enable --now --no-block wordpress-server"),
    );
  });

  it("is checked with the longest settings, which compress worst", () => {
    const largest = largestSettings();
    const lengths = Object.entries(largest).map(([name, value]) => [name, String(value).length]);
    expect(Object.fromEntries(lengths)).to.deep.equal({
      databaseAddress: 63 + ".abcdefghijkl.us-east-1.rds.amazonaws.com".length,
      databasePort: 5,
      databaseName: 64,
      databaseSecretArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!db-".length + 43,
      region: 9,
      siteUrl: "https://".length + 75,
      uploads: "fs-".length + 17 + ".efs.us-east-1.amazonaws.com".length,
      siteTitle: 320,
      adminEmail: 100,
      adminSecretArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:".length + 64,
      internet: "false".length,
      mailFrom: 100,
      mailConfigurationSet: 64,
    });
    // Random letters out of 64 compress to three quarters of their length at best.
    const free = Object.values(largest).join("").length;
    const [least, most] = [settings, largest].map(
      (each) => Buffer.from(renderUserData({ image: "existing", settings: each }), "base64").length,
    );
    expect((most ?? 0) - (least ?? 0)).to.be.above(free / 2);
    expect(largestSettings()).to.deep.equal(largest);
  });

  it("is refused when EC2 would refuse it", () => {
    const unlikeEachOther = Array.from({ length: 20_000 }, (_, index) =>
      String.fromCodePoint(0x4e00 + ((index * 7_919) % 20_000)),
    );
    const tooLong = { ...settings, siteTitle: unlikeEachOther.join("") };
    expect(() => renderUserData({ image: "existing", settings: tooLong })).to.throw("16");
  });

  it("fits into EC2's limit with any values", () => {
    expect(() => {
      assertUserDataFits("bootstrap");
    }).not.to.throw();
  });
});
