/** What crossed the wire of the emulators of this process and must be seen nowhere else. */
export interface WireSecrets {
  /** What STS has handed out. */
  readonly issued: string[];
  /** What each request was signed with. */
  readonly sent: string[];
  /** Ends the watch. */
  readonly restore: () => void;
}

/** Reads the credentials from the emulators' answers: nothing else ever shows them. */
export function watchWireSecrets(): WireSecrets {
  const [issued, sent]: [string[], string[]] = [[], []];
  const { ServerResponse } = jest.requireActual<typeof import("node:http")>("node:http");
  const end = Reflect.get(ServerResponse.prototype, "end") as (...args: unknown[]) => unknown;
  const spy = jest.spyOn(ServerResponse.prototype, "end").mockImplementation(function (
    this: { readonly req: { readonly headers: Readonly<Record<string, unknown>> } },
    ...args: unknown[]
  ): never {
    const { authorization, "x-amz-security-token": token } = this.req.headers;
    sent.push(`${String(authorization)} ${String(token)}`);
    for (const [, secret = ""] of String(args[0]).matchAll(/<(?:AccessKeyId|SecretAccessKey|SessionToken)>([^<]+)</g)) {
      issued.push(secret);
    }
    return Reflect.apply(end, this, args) as never;
  });
  return {
    issued,
    sent,
    restore: () => {
      spy.mockRestore();
    },
  };
}

/** Fails where one of `secrets`, in any form in which it is usually written, or what a request is signed with, stands in `text`. */
export function expectNoSecretIn(text: string, secrets: readonly string[]): void {
  expect(text.length).toBeGreaterThan(1_000);
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(10);
    expect(text).not.toContain(secret);
    expect(text).not.toContain(encodeURIComponent(secret));
    expect(text).not.toContain(Buffer.from(secret).toString("base64"));
  }
  expect(text).not.toMatch(/AWS4-HMAC|authorization\b.*Credential=|x-amz-security-token|Signature=/i);
}
