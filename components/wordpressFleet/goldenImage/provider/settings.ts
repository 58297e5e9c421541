/** Where and as whom to call AWS; left out, as the AWS CLI would. */
export interface AwsSettings {
  readonly region: string;
  readonly profile: string | undefined;
}
