import pulumi from "@pulumi/eslint-plugin";
import prettier from "eslint-config-prettier";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** Imports go one way: what a folder may not reach, and why. */
const zones = [
  {
    target: "./components",
    from: ["./index.ts", "./config.ts", "./policies", "./local", "./students", "./gate", "./tests"],
    message: "Components know only themselves, so that any program can use them.",
  },
  {
    target: "./config.ts",
    from: ["./index.ts", "./policies", "./lambda", "./local", "./students", "./gate", "./tests"],
    message: "The settings know the components' argument types and nothing else.",
  },
  {
    target: "./index.ts",
    from: ["./policies", "./local", "./students", "./gate", "./tests"],
    message: "The program is the same on AWS and on this machine.",
  },
  {
    target: "./policies",
    from: [
      "./index.ts",
      "./config.ts",
      "./components",
      "./lambda",
      "./local",
      "./students",
      "./gate",
      "./tests",
    ],
    message: "A policy pack stands alone, so that it can hold any stack.",
  },
  {
    target: "./lambda",
    from: [
      "./index.ts",
      "./config.ts",
      "./components",
      "./policies",
      "./local",
      "./students",
      "./gate",
      "./tests",
    ],
    message: "The handler stands alone: it runs in Lambda, not in Pulumi.",
  },
  {
    target: "./local",
    from: ["./students", "./gate", "./tests"],
    message: "The local run does not know who calls it.",
  },
  { target: "./students", from: ["./gate", "./tests"], message: "Only tests import tests and the gate." },
  {
    target: "./gate",
    from: ["./students", "./tests"],
    message: "The gate knows stacks, not whose they are.",
  },
];

export default tseslint.config(
  { ignores: ["node_modules/", ".local/", "bench/cdk/"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { "@pulumi": pulumi, "import-x": importX },
    settings: { "import-x/resolver": { typescript: true, node: true } },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@pulumi/no-output-instance-in-template-literal": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unsafe-type-assertion": "error",
      "@typescript-eslint/prefer-nullish-coalescing": "error",
      "@typescript-eslint/strict-boolean-expressions": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // A resource is made by its constructor; that nothing keeps it is normal.
      "no-new": "off",
      "import-x/no-restricted-paths": ["error", { zones }],
      "import-x/no-cycle": ["error", { maxDepth: 4 }],
      "import-x/order": [
        "error",
        {
          groups: [
            ["builtin", "external"],
            ["parent", "sibling", "index"],
          ],
          "newlines-between": "always",
          alphabetize: { order: "asc", orderImportKind: "asc" },
        },
      ],
      eqeqeq: "error",
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "CallExpression[callee.property.name=/^(apply|all)$/] NewExpression[callee.object.object.name='aws']",
          message: "A resource made inside apply is missing from previews. Make it outside.",
        },
      ],
    },
  },
  {
    files: ["tests/**/*.ts", "**/*.spec.ts"],
    rules: {
      // Chai's assertions are expressions; mocha's callbacks carry `this`.
      "@typescript-eslint/no-unused-expressions": "off",
    },
  },
  {
    // The Automation API takes a function that gives a promise; nothing in ours has to be awaited.
    files: ["index.ts"],
    rules: { "@typescript-eslint/require-await": "off" },
  },
  prettier,
);
