/**
 * Keeps the client that is created next from printing the AWS SDK's advice to upgrade Node.js: seven lines between a
 * gate's own. The SDK knows only an environment variable for that, so it is taken back as soon as the client is there.
 */
export function hideNodeAdvice(): void {
  if (process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED !== undefined) return;
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  queueMicrotask(() => {
    delete process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED;
  });
}
