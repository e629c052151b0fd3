import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import ts from 'typescript-api'
import { FILES } from './covered-files.ts'
import { declaredCalls } from './declared-endpoints.ts'
import { declaredEvents } from './declared-events.ts'
import type { JsonSchema, OracleDocument } from './json-schema.ts'
import { typeToSchema } from './type-to-schema.ts'

const declarations = join(dirname(dirname(createRequire(import.meta.url).resolve('stripe'))), 'esm')

/** Reads the declarations of the pinned client and returns one document per covered file, by the name it is stored under. */
export function deriveDocuments(): Map<string, OracleDocument> {
  const paths = FILES.map((name) => join(declarations, 'resources', `${name}.d.ts`))
  const program = ts.createProgram(paths, { strict: true, types: [], lib: ['lib.esnext.d.ts'], skipLibCheck: true })
  const checker = program.getTypeChecker()
  const named = new Map<string, ts.Type>()
  const objects = typeToSchema(checker, 'object', claim)
  const params = typeToSchema(checker, 'params', () => undefined)

  /** Two types under one name would make the oracle ambiguous. Events alone have many: one for each type, on the same base. */
  function claim(type: ts.Type, name: string): void {
    const before = named.get(name) ?? type
    if (name === 'event') return
    if (before !== type)
      throw new Error(`${checker.typeToString(before)} and ${checker.typeToString(type)} are both ${name}`)
    named.set(name, type)
  }

  return new Map(
    paths.map((path, index) => {
      const file = program.getSourceFile(path)
      if (!file) throw new Error(`No declarations at ${path}`)
      const document: OracleDocument = { objects: {}, endpoints: {} }
      for (const statement of file.statements.filter(ts.isInterfaceDeclaration)) {
        const type = checker.getTypeAtLocation(statement)
        const name = objects.resourceName(type)
        if (name === undefined || name in document.objects) continue
        claim(type, name)
        document.objects[name] = objects.shape(type)
      }
      for (const call of declaredCalls(checker, file)) {
        if (!call.route.includes(' /v1/')) continue
        document.endpoints[call.route] = {
          params: call.params ? params.schema(call.params) : { type: 'object', additionalProperties: false },
          answer: objects.schema(call.answer),
        }
      }
      return [fileName(FILES[index] as string), withEvents(document, declaredEvents(checker, file, objects.schema))]
    }),
  )
}

/** What an event holds depends on its type; the declaration of the event itself only says that it is something. */
function withEvents(document: OracleDocument, events: Record<string, JsonSchema>): OracleDocument {
  const data = document.objects.event?.properties?.data
  if (!data) return document
  data.properties = { object: { type: 'object' }, previous_attributes: { type: 'object' } }
  return { ...document, events }
}

/** `Billing/MeterEvents` → `billing-meter-events.json` */
function fileName(name: string): string {
  return `${name
    .replace('/', '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase()}.json`
}
