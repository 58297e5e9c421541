import { ESLintUtils } from "@typescript-eslint/utils";
import ts from "typescript";

const methods = new Set([ts.SyntaxKind.MethodDeclaration, ts.SyntaxKind.MethodSignature]);

/**
 * Refuses an assignment to a member of another package: it changes the package for all code in the process, and may
 * break with the package's next version. Only `engine/patches`, `policies/patches`, `nodeHooks` and the emulator's overlay may do it.
 *
 * It reports a member of an import of a package (`log.debug = …`, `Server.prototype.bindAsync = …`), of `require`
 * itself (`require.extensions[".ts"] = …`), and a method that a package declares (`workspace.selectStack = …`).
 */
export const noForeignAssignment = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: "problem",
    schema: [],
    messages: {
      foreign: "{{ name }} belongs to another package. Assign to it in engine/patches only, with the reason.",
    },
  },
  defaultOptions: [],
  create(context) {
    const services = ESLintUtils.getParserServices(context);
    const sources = context.sourceCode;

    function report(node) {
      context.report({ node, messageId: "foreign", data: { name: sources.getText(node) } });
    }
    function check(target, node) {
      if (isOfPackage(rootOf(target)) || isMethodOfPackage(node)) report(node);
    }

    /** @returns the variable at the beginning of `a.b.c`, or undefined */
    function rootOf(node) {
      let root = node;
      while (root.type === "MemberExpression") root = root.object;
      return root.type === "Identifier" ? root : undefined;
    }

    function isOfPackage(root) {
      if (root === undefined) return false;
      for (let scope = sources.getScope(root); scope !== null; scope = scope.upper) {
        const variable = scope.set.get(root.name);
        if (variable !== undefined && variable.defs.length > 0) return variable.defs.some(isPackageImport);
      }
      return root.name === "require";
    }

    function isMethodOfPackage(node) {
      if (node.type !== "MemberExpression") return false;
      const symbol = services.getSymbolAtLocation(node.property);
      return (symbol?.declarations ?? []).some((declaration) => {
        const { fileName } = declaration.getSourceFile();
        const isOwn =
          !fileName.includes("/node_modules/") || /\/node_modules\/(typescript|@types)\//.test(fileName);
        return !isOwn && methods.has(declaration.kind);
      });
    }

    return {
      AssignmentExpression({ left }) {
        if (left.type === "MemberExpression") check(left.object, left);
      },
      "UnaryExpression[operator='delete']"({ argument }) {
        if (argument.type === "MemberExpression") check(argument.object, argument);
      },
      "CallExpression[callee.object.name=/^(Object|Reflect)$/][callee.property.name=/^(assign|defineProperty|defineProperties|set|setPrototypeOf|deleteProperty)$/]"({
        arguments: [target],
      }) {
        if (target !== undefined && isOfPackage(rootOf(target))) report(target);
      },
    };
  },
});

function isPackageImport({ type, parent, node }) {
  if (type === "ImportBinding") return isPackage(parent.source.value);
  const call = node.init?.type === "AwaitExpression" ? node.init.argument : node.init;
  if (call?.type === "ImportExpression") return isPackage(call.source.value);
  return (
    call?.type === "CallExpression" && call.callee.name === "require" && isPackage(call.arguments[0]?.value)
  );
}

function isPackage(source) {
  return typeof source === "string" && !source.startsWith(".");
}
