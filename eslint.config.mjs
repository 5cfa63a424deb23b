import eslint from "@eslint/js";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import importX from "eslint-plugin-import-x";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";
import { forbiddenImports } from "./tools/borders.mjs";

export default defineConfig(
  globalIgnores(["**/dist", "**/node_modules", "coverage", "plugin"]),
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      // Settings and texts: an empty one is as good as none.
      "@typescript-eslint/prefer-nullish-coalescing": ["error", { ignorePrimitives: { string: true } }],
      // A module that only some runs need is required where it is needed: start-up is paid on every preview.
      "@typescript-eslint/no-require-imports": [
        "error",
        {
          allow: [
            "^@(aws-sdk|smithy)/",
            "/proxyAgents$",
            "/(lookup|nodejs)/[a-zA-Z]+$",
            "^\\./(gateProvider|providerSettings|serve|stackSettings)$",
            "^\\./(make|write)StatusFile$",
            "^\\./(init/init|lookUp(All)?|savedStatuses|waitFor|config/(check|explain)Config)$",
            // Each rendering loads what it alone needs.
            "^\\./(csv|jsonl|junit|terminalText|(html|markdown|text)/render[A-Z][a-z]+)$",
            "^\\.\\./report/(redact|diff/changes[A-Za-z]*)$",
            "/startEmulator$",
            "^@pulumi/(policy|pulumi(/runtime/state)?)$",
            "^pulumi-org-conformance$",
          ],
        },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones: forbiddenImports }],
    },
  },
  {
    // Neither Pulumi nor CrossGuard; where the engine's interface is needed, as a type only.
    files: ["core/**/*.ts", "provider/**/*.ts"],
    // It speaks Pulumi's protocol, and is bundled with it.
    ignores: ["provider/plugin/**"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@pulumi/*"], allowTypeImports: true }] },
      ],
    },
  },
  {
    // A policy pack starts on every preview: what reaches AWS is loaded only where a pack has to be looked up.
    files: ["policy/**/*.ts"],
    ignores: ["policy/stackSettings.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex:
                "^(@aws-sdk/|@pulumi/aws|\\.\\./(sdk/|core/(index|aws/(?!settingsNamespace$)|lookup/)|provider/(index|dynamic|gateHandlers)))",
              allowTypeImports: true,
            },
          ],
        },
      ],
    },
  },
);
