import type { S3 } from "@aws-sdk/client-s3";
import type { STS } from "@aws-sdk/client-sts";

import type { Storage } from "./staging";

/**
 * The storage of an account, with the credentials of both clients.
 * @param signer signs the URLs with the host that a builder reaches
 */
export function storageOf(s3: S3, sts: STS, signer = s3): Storage {
  return {
    s3,
    presign: async (at, expiresIn) => {
      // Loaded only for a bake: a preview needs none of S3's modules.
      const [{ GetObjectCommand }, { getSignedUrl }] = await Promise.all([
        import("@aws-sdk/client-s3"),
        import("@aws-sdk/s3-request-presigner"),
      ]);
      return getSignedUrl(signer, new GetObjectCommand(at), { expiresIn });
    },
    account: async () => {
      const { Account, Arn } = await sts.getCallerIdentity({});
      const partition = Arn?.split(":")[1];
      if (Account === undefined || partition === undefined)
        throw new Error("STS returned no account for these credentials.");
      return { id: Account, partition };
    },
  };
}
