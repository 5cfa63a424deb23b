/** Keys, and the session that they are of. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
  /** The SDK's mark of where they come from: an error about them says so. */
  readonly $source?: Readonly<Record<string, string>>;
}
