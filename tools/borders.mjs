/** The folders, in order: each may import only those above it. */
export const floors = [
  "core/text",
  "core/checks",
  "core/errors",
  "core/status",
  "core/gate",
  "core/aws",
  "core/lookup",
  "provider",
  "sdk/nodejs",
  "policy",
  "emulator",
];

/** The zones of ESLint's `no-restricted-paths`. */
export const forbiddenImports = floors.flatMap((folder, floor) =>
  floors.slice(floor + 1).map((above) => ({
    target: `./${folder}`,
    from: `./${above}`,
    message: `${folder}/ may not import ${above}/: data goes the other way (CONTRIBUTING.md, Layout).`,
  })),
);
