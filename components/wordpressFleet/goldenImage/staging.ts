import type { BucketLocationConstraint, S3 } from "@aws-sdk/client-s3";
import { createHash } from "node:crypto";

import { isRefusal } from "./ec2";
import type { ImageFamily } from "./naming";

/** What a builder starts with: its user data in base64, or the user data that fetches an object from a URL. */
export type BuilderData =
  string | { readonly object: Uint8Array; readonly userData: (url: string) => string };

/** The S3 operations for an object that a builder fetches. */
export interface Storage {
  readonly s3: S3;
  /** A URL of the object that needs no credentials, for a number of seconds. */
  readonly presign: (at: { Bucket: string; Key: string }, seconds: number) => Promise<string>;
  /** The account's id and AWS's partition, e.g. `aws`. */
  readonly account: () => Promise<{ readonly id: string; readonly partition: string }>;
}

export interface StagingPlace {
  readonly family: ImageFamily;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
  /** How long a builder may need the object. */
  readonly minutes: number;
}

const key = "content";

/**
 * Uploads the object to a bucket of its own, which exists only during a bake: private, TLS only, encrypted.
 * The builder has no role. It gets a signed URL, which expires when the bake must have ended.
 * @returns the URL
 * @throws Error with the reason when S3 refuses
 */
export async function stage(storage: Storage, place: StagingPlace, object: Uint8Array): Promise<string> {
  const { Bucket, ExpectedBucketOwner, partition } = await bucketOf(storage, place);
  const { s3 } = storage;
  try {
    await createBucket(s3, Bucket, place.region);
    const at = { Bucket, ExpectedBucketOwner };
    await s3.putPublicAccessBlock({
      ...at,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    await s3.putBucketPolicy({ ...at, Policy: tlsOnly(partition, Bucket) });
    const TagSet = Object.entries(place.tags).map(([Key, Value]) => ({ Key, Value }));
    if (TagSet.length > 0) await s3.putBucketTagging({ ...at, Tagging: { TagSet } });
    // For a run that is killed and never repeated.
    await s3.putBucketLifecycleConfiguration({
      ...at,
      LifecycleConfiguration: {
        Rules: [{ ID: "expire", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 1 } }],
      },
    });
    await s3.putObject({ ...at, Key: key, Body: object, ServerSideEncryption: "AES256" });
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new Error(
      `The builder cannot get the content of site/: ${String(object.length)} bytes need an S3 bucket (${Bucket}) for the minutes of the build, and S3 refused it (${reason}). Allow S3 in this account, or leave only packages.txt with few packages in site/, which needs no bucket.`,
      { cause: error },
    );
  }
  return storage.presign({ Bucket, Key: key }, Math.max(60, Math.ceil(place.minutes * 60)));
}

/** Deletes the object and its bucket, also those of an earlier, killed run. */
export async function unstage(storage: Storage, place: StagingPlace): Promise<void> {
  const { Bucket, ExpectedBucketOwner } = await bucketOf(storage, place);
  try {
    await storage.s3.deleteObject({ Bucket, ExpectedBucketOwner, Key: key });
    await storage.s3.deleteBucket({ Bucket, ExpectedBucketOwner });
  } catch (error) {
    if (!isRefusal(error, "NoSuchBucket")) throw error;
  }
}

/** The account's id in the name, and as the expected owner: names of buckets are shared by all accounts. */
async function bucketOf({ account }: Storage, { family, region }: StagingPlace) {
  const { id, partition } = await account();
  const hash = createHash("sha256").update(`${region} ${family}`).digest("hex").slice(0, 16);
  return { Bucket: `golden-image-${id}-${hash}`, ExpectedBucketOwner: id, partition };
}

async function createBucket(s3: S3, Bucket: string, region: string): Promise<void> {
  try {
    // us-east-1 is S3's default, which it refuses by name.
    await s3.createBucket({
      Bucket,
      ...(region !== "us-east-1" && isLocation(region)
        ? { CreateBucketConfiguration: { LocationConstraint: region } }
        : {}),
    });
  } catch (error) {
    if (!isRefusal(error, "BucketAlreadyOwnedByYou")) throw error;
  }
}

/** S3 has newer regions than the SDK's list. */
function isLocation(region: string): region is BucketLocationConstraint {
  return /^[a-z]{2}(-[a-z]+)+-\d$/.test(region);
}

function tlsOnly(partition: string, bucket: string): string {
  const arn = `arn:${partition}:s3:::${bucket}`;
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
