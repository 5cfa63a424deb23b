/**
 * The provider, as text that the engine keeps in state and evaluates in the dynamic provider's process. Written out,
 * not serialized from a closure: it stays the same from version to version, so that an upgrade shows no diff, and a
 * program pays nothing for it.
 *
 * It outlives the package: `pulumi destroy` runs it after the package was removed. Nothing at AWS belongs to the
 * resource, so `delete` succeeds then. Every other method is there and refuses: for the dynamic provider's process, a
 * method that is missing is consent.
 */
export const providerText = `exports.handler = () => {
  try {
    return new (require("pulumi-org-conformance/provider").PackStatusProvider)();
  } catch (cause) {
    const [problem] = String(cause?.message ?? cause).split("\\n");
    const isMissing = cause?.code === "MODULE_NOT_FOUND" && problem.includes("'pulumi-org-conformance/provider'");
    const refuse = async () => {
      const error = new Error(isMissing
        ? \`pulumi-org-conformance is not installed in \${process.cwd()}, where Pulumi looks for it: install it there; if another package depends on it, add it to the program's own dependencies, or hoist it (pnpm: public-hoist-pattern). Deleting the resource works without it.\`
        : \`pulumi-org-conformance in \${process.cwd()} can't be loaded; install the program's dependencies again: \${problem}\`);
      error.stack = "";
      throw error;
    };
    return { check: refuse, diff: refuse, create: refuse, read: refuse, update: refuse, delete: async () => {} };
  }
};
`;
