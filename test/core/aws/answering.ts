import type { ConfigServiceClient } from "@aws-sdk/client-config-service";

/** A client whose every call comes to this: an answer, or an error that the SDK throws. */
export function answering(answer: object) {
  const send = jest.fn<Promise<object>, [command: { readonly input: object }]>(() =>
    answer instanceof Error
      ? Promise.reject(answer)
      : Promise.resolve({ $metadata: { requestId: "abc-123" }, ...answer }),
  );
  return { send, client: { send } as unknown as ConfigServiceClient };
}

/** A refusal that does not say which action it is about. */
export const refusal = Object.assign(new Error("No."), { name: "AccessDeniedException", $metadata: {} });
