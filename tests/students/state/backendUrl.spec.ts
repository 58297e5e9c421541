import { expect } from "chai";
import { homedir } from "node:os";

import {
  classBackendUrl,
  documentName,
  folderOf,
  keepsSecrets,
  shownUrl,
} from "../../../students/state/backendUrl";

const aws = { className: "week14", where: "aws" as const };

describe("the backend of a class", () => {
  it("is the folder without PULUMI_BACKEND_URL", () => {
    expect(classBackendUrl(undefined, aws)).to.equal(undefined);
    expect(classBackendUrl("", aws)).to.equal(undefined);
  });

  it("has a folder for each class and place, before the options of the URL", () => {
    expect(classBackendUrl("s3://bucket", aws)).to.equal("s3://bucket/students/week14/aws");
    expect(
      classBackendUrl("s3://bucket/team/?region=us-east-1&profile=x", { ...aws, where: "local" }),
    ).to.equal("s3://bucket/team/students/week14/local?region=us-east-1&profile=x");
    expect(classBackendUrl("azblob://states", aws)).to.equal("azblob://states/students/week14/aws");
    expect(classBackendUrl("file://~/states", aws)).to.equal(
      `file://${homedir()}/states/students/week14/aws`,
    );
    expect(classBackendUrl("file:///mnt/states", aws)).to.equal("file:///mnt/states/students/week14/aws");
  });

  it("is a service's own URL, where the documents' names have the class", () => {
    expect(classBackendUrl("https://api.pulumi.com", aws)).to.equal("https://api.pulumi.com");
    expect(keepsSecrets("https://api.pulumi.com")).to.equal(true);
    expect(keepsSecrets("s3://bucket")).to.equal(false);
    expect(documentName(aws, "addresses")).to.equal("week14.aws.addresses");
  });

  it("has a name of plain characters for any class, and another one for each", () => {
    const urls = ["클라우드 3반", "클라우드 4반", "a.b", "a b", "a-b"].map((className) =>
      classBackendUrl("gs://bucket", { ...aws, className }),
    );
    expect(new Set(urls)).to.have.property("size", urls.length);
    for (const url of urls) expect(url).to.match(/^gs:\/\/bucket\/students\/[A-Za-z0-9_-]+\/aws$/);
    // The same name as macOS writes it: each letter in its parts.
    expect(classBackendUrl("gs://bucket", { ...aws, className: "클라우드 3반".normalize("NFD") })).to.equal(
      urls[0],
    );
  });

  it("is refused when Pulumi has none of the kind, with the allowed ones", () => {
    for (const wrong of ["ftp://host", "bucket", "/mnt/states"]) {
      expect(() => classBackendUrl(wrong, aws), wrong).to.throw(/is no backend of Pulumi's.*s3:\/\//);
    }
  });

  it("is shown without its options and secrets", () => {
    expect(shownUrl("https://user:token@host/x?key=secret")).to.equal("https://host/x");
    expect(folderOf("file:///mnt/states?metadata=skip")).to.equal("/mnt/states");
    expect(folderOf("s3://bucket")).to.equal(undefined);
  });
});
