import ts from 'typescript-api'
import type { JsonSchema } from './json-schema.ts'

/** Which object each type of event carries: `invoice.paid` → an invoice. Empty but for the file that declares events. */
export function declaredEvents(
  checker: ts.TypeChecker,
  file: ts.SourceFile,
  schema: (type: ts.Type) => JsonSchema,
): Record<string, JsonSchema> {
  const events = file.statements.filter(
    (statement) => ts.isInterfaceDeclaration(statement) && /\wEvent$/.test(statement.name.text),
  )
  return Object.fromEntries(
    events.flatMap((statement) => {
      const event = checker.getTypeAtLocation(statement)
      const type = property(checker, event, 'type')
      const data = property(checker, event, 'data')
      const object = data && property(checker, data, 'object')
      return type?.isStringLiteral() && object ? [[type.value, schema(object)]] : []
    }),
  )
}

function property(checker: ts.TypeChecker, of: ts.Type, name: string): ts.Type | undefined {
  const found = of.getProperty(name)
  return found && checker.getTypeOfSymbol(found)
}
