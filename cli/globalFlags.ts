/** The flags of all commands. */
export interface GlobalFlags {
  readonly color: "auto" | "always" | "never";
  readonly quiet?: boolean;
}
