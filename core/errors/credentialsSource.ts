/** Where credentials come from, as far as it decides what to do about them. */
export type CredentialsSource =
  "container" | "environment" | "instance" | "login" | "process" | "profile" | "settings" | "sso" | "webIdentity";
