import pulumi from "@pulumi/eslint-plugin";
import prettier from "eslint-config-prettier";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

import { noForeignAssignment } from "./tools/eslint/noForeignAssignment.mjs";

/** Every folder and file of the top level that has code. */
const places = [
  "bench",
  "cli",
  "components",
  "config.ts",
  "engine",
  "examples",
  "gate",
  "index.ts",
  "lambda",
  "local",
  "localAws",
  "nodeHooks",
  "policies",
  "settingsInAccount.ts",
  "settingsInPlace.ts",
  "siteCommands",
  "stackSettings.ts",
  "students",
  "tests",
  "tools",
  "watch",
];

/**
 * Imports go one way: which other places each place may import, and why. Everything that is not listed is refused.
 * `tests` may import everything.
 */
const mayImport = {
  bench: [
    ["cli", "engine", "index.ts", "local", "localAws", "nodeHooks", "policies"],
    "Measures the product from outside.",
  ],
  cli: [["components", "nodeHooks"], "Commands share it: it does not know any of them."],
  components: [["lambda"], "Components import only each other, so that any program can use them."],
  "config.ts": [
    ["components", "settingsInPlace.ts", "stackSettings.ts"],
    "The settings import the components' argument types and nothing else.",
  ],
  engine: [
    ["cli", "components", "config.ts", "index.ts", "localAws", "nodeHooks", "policies"],
    "The engine runs the program, the policies and the providers. It does not know its callers.",
  ],
  examples: [["components"], "Examples are other projects: they import the components' package."],
  gate: [
    [
      "cli",
      "components",
      "config.ts",
      "engine",
      "local",
      "localAws",
      "nodeHooks",
      "policies",
      "settingsInPlace.ts",
    ],
    "The gate knows stacks and their settings, not whose they are.",
  ],
  "index.ts": [
    ["components", "config.ts", "settingsInAccount.ts", "settingsInPlace.ts"],
    "The program is the same on AWS and on the emulator.",
  ],
  lambda: [[], "The handler stands alone: it runs in Lambda, not in Pulumi."],
  local: [
    ["cli", "components", "config.ts", "engine", "index.ts", "localAws", "nodeHooks", "policies"],
    "The local run does not know its callers.",
  ],
  localAws: [["cli", "components", "nodeHooks"], "The emulator and its providers do not know their callers."],
  nodeHooks: [["engine"], "Runs before everything else: it imports nothing but engine/patches."],
  policies: [["nodeHooks"], "A policy pack stands alone, so that it can apply to any stack."],
  "settingsInAccount.ts": [
    ["components", "settingsInPlace.ts", "stackSettings.ts"],
    "A check of settings, used by the program.",
  ],
  "settingsInPlace.ts": [["components", "stackSettings.ts"], "A check of settings, used by the program."],
  siteCommands: [
    ["cli", "components", "engine", "localAws", "nodeHooks"],
    "The commands find a stack through AWS and its file, not through its program.",
  ],
  "stackSettings.ts": [["components"], "The schema of the settings, made of the components' schemas."],
  students: [
    [
      "cli",
      "components",
      "config.ts",
      "engine",
      "local",
      "localAws",
      "nodeHooks",
      "policies",
      "settingsInPlace.ts",
    ],
    "Only tests import tests and the gate.",
  ],
  tools: [
    ["cli", "components", "config.ts", "engine", "lambda", "localAws", "nodeHooks", "policies"],
    "Tools read the product. They do not run it.",
  ],
  watch: [["cli", "localAws", "nodeHooks"], "The page reads a stack through AWS, not through its program."],
};

/** Folders inside a place that a place may import, though not the whole place. */
const mayImportPart = {
  // One parser of schedules for the settings, the emulator and the policies.
  policies: [["components", "./schedules"]],
};

const zones = Object.entries(mayImport).flatMap(([place, [allowed, message]]) => {
  const parts = mayImportPart[place] ?? [];
  const refused = places.filter(
    (other) => other !== place && !allowed.includes(other) && !parts.some(([whole]) => whole === other),
  );
  return [
    { target: `./${place}`, from: refused.map((other) => `./${other}`), message },
    ...parts.map(([whole, part]) => ({ target: `./${place}`, from: `./${whole}`, except: [part], message })),
  ];
});

export default tseslint.config(
  { ignores: ["node_modules/", ".local/", "bench/cdk/"] },
  {
    files: ["**/*.ts", "**/*.cjs", "**/*.js"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: {
      "@pulumi": pulumi,
      "import-x": importX,
      ours: { rules: { "no-foreign-assignment": noForeignAssignment } },
    },
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
      // Generated options without a default have settings that add nothing to them.
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
      "@typescript-eslint/strict-boolean-expressions": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // A resource is made by its constructor; that nothing keeps it is normal.
      "no-new": "off",
      "import-x/no-restricted-paths": ["error", { zones }],
      // Late imports and `require` count.
      "import-x/no-cycle": ["error", { commonjs: true, ignoreExternal: true }],
      "ours/no-foreign-assignment": "error",
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
    // Their own tsconfig.json finds the package only where it is installed: a test compiles them there, strictly.
    // With the types of another program, ESLint would need twice the memory.
    files: ["examples/**/*.ts"],
    extends: [tseslint.configs.disableTypeChecked],
    rules: {
      "@pulumi/no-output-in-template-literal": "off",
      "@pulumi/no-output-instance-in-template-literal": "off",
      "ours/no-foreign-assignment": "off",
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
  {
    // CommonJS: Node.js and other programs load these files as they are.
    files: ["**/*.cjs", "**/*.js"],
    rules: {
      "@typescript-eslint/no-require-imports": "off",
      // JavaScript has no assertion of types but in comments.
      "@typescript-eslint/no-unsafe-type-assertion": "off",
    },
  },
  {
    // The only places that may change other packages; each says why.
    files: ["engine/patches/**", "policies/patches/**", "nodeHooks/**", "localAws/emulator/overlay/**"],
    rules: {
      "ours/no-foreign-assignment": "off",
      // A patch calls the original method with its own `this`.
      "@typescript-eslint/unbound-method": "off",
      // `require.extensions` is deprecated, and the only hook for `require` that Node.js 20 has.
      "@typescript-eslint/no-deprecated": "off",
    },
  },
  {
    // It replaces a method of the mocks that the same test created, not one of the package.
    files: ["tests/support/outputDependencies.ts"],
    rules: { "ours/no-foreign-assignment": "off" },
  },
  {
    // It runs a handler that can be any code.
    files: ["localAws/emulator/overlay/lambda_bootstrap.cjs"],
    rules: {
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/prefer-promise-reject-errors": "off",
    },
  },
  {
    // It must run on the old Node.js that it refuses: without `??`.
    files: ["nodeHooks/requirements.cjs"],
    rules: {
      "@typescript-eslint/prefer-nullish-coalescing": "off",
      "@typescript-eslint/strict-boolean-expressions": "off",
      "@typescript-eslint/prefer-optional-chain": "off",
      // ESLint does not see that the comment before JSON.parse gives its type.
      "@typescript-eslint/no-unsafe-assignment": "off",
    },
  },
  prettier,
);
