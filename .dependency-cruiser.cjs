/** No import circle, also not of types, and nothing of the plugin in what it is an adapter over. Which folder may import which, ESLint holds: tools/borders.mjs. */
module.exports = {
  forbidden: [
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    {
      name: "not-from-the-plugin",
      severity: "error",
      from: { path: "^(core|provider/[^/]+\\.ts$|sdk|emulator)" },
      to: { path: "^provider/plugin/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
  },
};
