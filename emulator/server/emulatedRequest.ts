/** One request that the emulator answered, without its credentials. */
export interface EmulatedRequest {
  /** For example `GetOrganizationConformancePackDetailedStatus`. */
  readonly operation: string;
  /** The region that the request was signed for. */
  readonly region: string;
  /** The ARN of the user or assumed role that signed it. */
  readonly principal: string;
  readonly input: Readonly<Record<string, unknown>>;
}
