/** A service that answers in a lookup: those that are asked, and those that give the credentials for it. */
export type AwsService =
  | "AWS Config"
  | "AWS Organizations"
  | "AWS STS"
  | "IAM Identity Center"
  | "AWS Sign-In"
  | "Amazon Cognito"
  | "EC2 instance metadata"
  | "The container credentials endpoint"
  | "The source of the AWS credentials";

/** All that an error of any class can say of the call that failed. */
export interface ErrorContext {
  /** The organization conformance pack that was asked for. */
  readonly packName: string;
  /** The region that was asked; absent when no region was reached. */
  readonly region?: string | undefined;
  /** The service that answered, or was to. Default `AWS Config`. */
  readonly service?: AwsService | undefined;
  /** The next step, where it is known better than by the class of the error. */
  readonly nextStep?: string | undefined;
  /** Findings about the caller, a sentence each. */
  readonly diagnosis?: readonly string[] | undefined;
  /** Errors of other regions, a line each. */
  readonly elsewhere?: readonly string[] | undefined;
  /** AWS's request id, for a support case. */
  readonly requestId?: string | undefined;
  /** The error of AWS, of the AWS SDK or of the network. */
  readonly cause?: unknown;
}
