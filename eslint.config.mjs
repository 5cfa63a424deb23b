import eslint from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  globalIgnores(["**/dist", "**/node_modules", "coverage"]),
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
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
            "^@aws-sdk/",
            "^@smithy/",
            "/(gatherPackStatus|streamMemberStatuses)$",
            "/proxyAgents$",
            "/awsSettings$",
            "^@pulumi/(policy|pulumi(/runtime/state)?)$",
            "^pulumi-org-conformance$",
          ],
        },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    // The core knows neither Pulumi nor CrossGuard; the engine's interface is a type only.
    files: ["core/**/*.ts", "provider/**/*.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@pulumi/*", "../sdk/*", "../policy/*", "../emulator/*"], allowTypeImports: true }] },
      ],
    },
  },
  {
    // A policy pack starts on every preview: no AWS SDK, no @pulumi/aws, no SDK class, no provider that loads them.
    files: ["policy/**/*.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex:
                "^(@aws-sdk/|@pulumi/aws|../(sdk|emulator)/|../provider(/index|/gather.*|/configClient|/memberStatusPages|/packStatusProvider)?$)",
              allowTypeImports: true,
            },
          ],
        },
      ],
    },
  },
);
