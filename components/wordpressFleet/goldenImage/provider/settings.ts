/** Region and profile for requests to AWS. Without a profile, the SDK's default credentials apply. */
export interface AwsSettings {
  readonly region: string;
  readonly profile: string | undefined;
}
