import type { Finding } from "../../finding";
import { judgeAtAll } from "../../propertyPaths";
import type { Judgement } from "../../rule";

/** Whether a type is of S3. */
export function isBucketType(type: string): boolean {
  return /^aws:s3(?:control|tables|outposts)?\//.test(type);
}

const aclPaths = ["acl", "cannedAcl"];
const granteePaths = [
  "grants[].uri",
  "accessControlPolicy.grants[].grantee.uri",
  "accessControlPolicy.grants[].grantees[].uri",
];

/** The canned ACLs and the groups that include every AWS account. */
const publicAcls: readonly unknown[] = ["public-read", "public-read-write", "authenticated-read"];
const publicGroups = /\/groups\/global\/(?:AllUsers|AuthenticatedUsers)$/;

/** Judges the ACLs of buckets and objects. */
export function onPublicAcls(): Judgement<object> {
  return {
    appliesTo: isBucketType,
    judge: function* ({ props }): Iterable<Finding> {
      yield* judgeAtAll(props, aclPaths, (acl, at) =>
        publicAcls.includes(acl) ? [{ at, value: acl, allowed: "private" }] : [],
      );
      yield* judgeAtAll(props, granteePaths, (uri, at) =>
        typeof uri === "string" && publicGroups.test(uri)
          ? [{ at, value: uri, allowed: "grantees of named accounts" }]
          : [],
      );
    },
  };
}

const blocks = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

/** Where each type has the four settings of Block Public Access; `""` is the resource itself. */
const blockPaths: Readonly<Record<string, string>> = {
  "aws:s3/accessPoint:AccessPoint": "publicAccessBlockConfiguration",
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": "",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "",
  "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint": "details.publicAccessBlock",
};

/** Judges the settings of Block Public Access, where a program has them. */
export function onPublicAccessBlocks(): Judgement<object> {
  return {
    appliesTo: (type) => Object.hasOwn(blockPaths, type),
    judge: ({ type, props }) => {
      const path = blockPaths[type] ?? "";
      const isOwn = path === "";
      return judgeAtAll(
        isOwn ? { own: props } : props,
        [isOwn ? "own" : path],
        function* (settings, at): Iterable<Finding> {
          if (typeof settings !== "object" || settings === null) return;
          for (const name of blocks) {
            const value: unknown = Reflect.get(settings, name);
            // AWS's default is off for a bucket, and on for an access point.
            if (value === true || (value === undefined && !isOwn)) continue;
            yield { at: isOwn ? name : `${at}.${name}`, value, allowed: "true" };
          }
        },
      );
    },
  };
}
