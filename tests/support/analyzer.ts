import type { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

/** The description that a policy pack sends to the engine. */
export function infoOf(client: AnalyzerClient): Promise<AnalyzerInfo> {
  return new Promise((resolve, reject) => {
    client.getAnalyzerInfo(new Empty(), (error, info) => {
      if (error === null) resolve(info);
      else reject(error);
    });
  });
}
