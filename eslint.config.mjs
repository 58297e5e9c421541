import pulumi from "@pulumi/eslint-plugin";
import prettier from "eslint-config-prettier";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** Every folder and file of the top level that has code. */
const places = [
  "bench",
  "cli",
  "components",
  "config.ts",
  "engine",
  "gate",
  "index.ts",
  "lambda",
  "local",
  "localAws",
  "nodeHooks",
  "policies",
  "settingsInAccount.ts",
  "settingsInPlace.ts",
  "students",
  "tests",
  "tools",
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
    ["components", "settingsInPlace.ts"],
    "The settings import the components' argument types and nothing else.",
  ],
  engine: [
    ["cli", "components", "config.ts", "index.ts", "localAws", "nodeHooks", "policies"],
    "The engine runs the program, the policies and the providers. It does not know its callers.",
  ],
  gate: [
    ["cli", "engine", "local", "localAws", "nodeHooks", "policies"],
    "The gate knows stacks, not whose they are.",
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
    ["components", "config.ts", "settingsInPlace.ts"],
    "A check of settings, used by the program.",
  ],
  "settingsInPlace.ts": [["components", "config.ts"], "A check of settings, used by the program."],
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
};

const zones = Object.entries(mayImport).map(([place, [allowed, message]]) => ({
  target: `./${place}`,
  from: places.filter((other) => other !== place && !allowed.includes(other)).map((other) => `./${other}`),
  message,
}));

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
