import { readFileSync } from 'node:fs'
import ts from 'typescript-api'

/** A call of the client: which line of the API it speaks to, and the declared types of what goes out and what comes back. */
export type DeclaredCall = { route: string; params: ts.Type | undefined; answer: ts.Type }

/** The calls of the resource classes of a declaration file; their routes stand in the JavaScript beside it. */
export function declaredCalls(checker: ts.TypeChecker, file: ts.SourceFile): DeclaredCall[] {
  const routes = routesOf(file.fileName.replace(/\.d\.ts$/, '.js'))
  return file.statements.filter(ts.isClassDeclaration).flatMap((declared) =>
    declared.members.filter(ts.isMethodDeclaration).flatMap((method) => {
      const name = `${declared.name?.text}.${method.name.getText(file)}`
      return (routes.get(name) ?? []).map((route) => ({ route, ...typesOf(checker, method) }))
    }),
  )
}

function typesOf(checker: ts.TypeChecker, method: ts.MethodDeclaration) {
  const signature = checker.getSignatureFromDeclaration(method)
  if (!signature) throw new Error('A method without a signature')
  const params = signature.parameters.find(({ name }) => name === 'params')
  const given = params && checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(params, method))
  const promised = checker.getAwaitedType(signature.getReturnType())
  if (!promised) throw new Error(`${method.name.getText()} promises nothing`)
  return { params: given, answer: unwrapped(promised) }
}

/** `Response<T>` is T with the transport's facts beside it. */
function unwrapped(type: ts.Type): ts.Type {
  return type.aliasSymbol?.name === 'Response' ? (type.aliasTypeArguments?.[0] ?? type) : type
}

/** `RefundResource.create` → `POST /v1/refunds`; ids in paths are called `:id` and, after another one, `:sub`. */
function routesOf(path: string): Map<string, string[]> {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ESNext, true)
  const routes = new Map<string, string[]>()
  for (const declared of source.statements.filter(ts.isClassDeclaration)) {
    for (const method of declared.members.filter(ts.isMethodDeclaration)) {
      const found: string[] = []
      const visit = (node: ts.Node): void => {
        if (ts.isCallExpression(node) && node.expression.getText().endsWith('._makeRequest')) found.push(routeOf(node))
        ts.forEachChild(node, visit)
      }
      visit(method)
      routes.set(`${declared.name?.text}.${method.name.getText()}`, found)
    }
  }
  return routes
}

function routeOf(call: ts.CallExpression): string {
  const [method, path] = call.arguments
  if (!method || !path || !ts.isStringLiteral(method)) throw new Error(`No route in ${call.getText()}`)
  if (ts.isStringLiteral(path)) return `${method.text} ${path.text}`
  if (!ts.isTemplateExpression(path)) throw new Error(`No path in ${call.getText()}`)
  const names = [':id', ':sub']
  return `${method.text} ${path.head.text}${path.templateSpans.map((span, at) => `${names[at] ?? ':more'}${span.literal.text}`).join('')}`
}
