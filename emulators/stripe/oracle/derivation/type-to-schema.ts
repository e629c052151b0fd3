import ts from 'typescript-api'
import type { JsonSchema } from './json-schema.ts'

/** Objects are what Stripe answers; params are what it takes in forms, where null does not exist and '' unsets. */
type Side = 'object' | 'params'

const DECIMAL: JsonSchema = { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' }
const UNSET: JsonSchema = { type: 'string', maxLength: 0 }

/**
 * Turns types of the client's declarations into JSON Schema. Enumerations are closed, although the declarations leave them open for
 * values of later API versions: what is made here belongs to this one.
 */
export function typeToSchema(checker: ts.TypeChecker, side: Side, onResource: (type: ts.Type, name: string) => void) {
  const open: ts.Type[] = []

  function schema(type: ts.Type): JsonSchema {
    if (isDecimal(type)) return DECIMAL
    // The content of an upload travels as a part of its own, which no schema describes.
    if (type.symbol?.name === 'FileData') return {}
    if (type.isUnion()) return union(type.types)
    if (type.flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) return { type: 'string' }
    if (isOpenString(type)) return { type: 'string' }
    if (type.flags & ts.TypeFlags.Number) return { type: 'number' }
    if (type.flags & ts.TypeFlags.BooleanLiteral) return { const: checker.typeToString(type) === 'true' }
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value }
    if (type.flags & ts.TypeFlags.Null) return { type: 'null' }
    if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {}
    if (checker.isArrayType(type)) return { type: 'array', items: schema(elementOf(type)) }
    return object(type)
  }

  function elementOf(type: ts.Type): ts.Type {
    const [element] = checker.getTypeArguments(type as ts.TypeReference)
    if (!element) throw new Error(`An array of what? ${checker.typeToString(type)}`)
    return element
  }

  function union(all: readonly ts.Type[]): JsonSchema {
    const types = all.filter((type) => !(type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)))
    const rest = types.filter((type) => !isLiteral(type) && !(type.flags & ts.TypeFlags.Null) && !isDecimal(type))
    const words = types.filter((type) => type.isStringLiteral() && type.value !== '').map((type) => literal(type))
    const closed = words.length > 0
    const unset = side === 'params' && types.some((type) => type.isStringLiteral() && type.value === '')
    if (closed && unset) words.push('')
    words.sort()
    const parts = rest.filter((type) => !(closed && isOpenString(type))).map(schema)
    if (closed) parts.push(words.length === 1 ? { const: words[0] as string } : { enum: words })
    const numbers = types.filter((type) => type.isNumberLiteral()).map((type) => literal(type))
    if (numbers.length > 0) parts.push({ enum: numbers })
    const booleans = types.filter((type) => type.flags & ts.TypeFlags.BooleanLiteral)
    if (booleans.length > 0) parts.push(booleans.length > 1 ? { type: 'boolean' } : schema(booleans[0] as ts.Type))
    if (types.some(isDecimal)) parts.push(DECIMAL)
    if (unset && !closed && !parts.some((part) => part.type === 'string')) parts.push(UNSET)
    if (types.some((type) => type.flags & ts.TypeFlags.Null) && side === 'object') parts.push({ type: 'null' })
    return merged(parts)
  }

  function object(type: ts.Type): JsonSchema {
    const name = side === 'object' ? resourceName(type) : undefined
    if (name !== undefined) {
      onResource(type, name)
      return { type: 'object', resources: [name] }
    }
    return shape(type)
  }

  /** The properties of a type, even of one that has a name in the oracle. */
  function shape(type: ts.Type): JsonSchema {
    if (open.includes(type)) throw new Error(`${checker.typeToString(type)} contains itself`)
    if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)))
      throw new Error(`No schema is known for ${checker.typeToString(type)}`)
    open.push(type)
    const properties: Record<string, JsonSchema> = {}
    const required: string[] = []
    for (const property of checker.getPropertiesOfType(type).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const declared = checker.getTypeOfSymbol(property)
      if (isAbsent(declared)) continue
      properties[property.name] = schema(declared)
      if (!(property.flags & ts.SymbolFlags.Optional)) required.push(property.name)
    }
    const index = checker.getIndexTypeOfType(type, ts.IndexKind.String)
    open.pop()
    return {
      type: 'object',
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
      ...(required.length > 0 ? { required } : {}),
      additionalProperties: index ? schema(index) : false,
    }
  }

  /** `customer` for what says `object: 'customer'`, `deleted_customer` when it also says `deleted: true`. Lists have no name. */
  function resourceName(type: ts.Type): string | undefined {
    const property = type.getProperty('object')
    const kind = property && checker.getTypeOfSymbol(property)
    if (!kind?.isStringLiteral() || kind.value === 'list' || kind.value === 'search_result') return undefined
    const deleted = type.getProperty('deleted')
    return deleted && !isAbsent(checker.getTypeOfSymbol(deleted)) ? `deleted_${kind.value}` : kind.value
  }

  return { schema, shape, resourceName }
}

/** One schema for several alternatives; a type of JSON that only one of them allows needs no `anyOf`. */
function merged(alternatives: JsonSchema[]): JsonSchema {
  const parts = alternatives.filter((part, index) => alternatives.findIndex((other) => same(other, part)) === index)
  const resources = parts.flatMap((part) => part.resources ?? [])
  const others = parts.filter((part) => part.resources === undefined)
  const all = resources.length > 0 ? [...others, { type: 'object', resources: resources.toSorted() }] : others
  const [only] = all
  if (only && all.length === 1) return only
  const nullable = all.length === 2 && all.find((part) => part.enum ?? part.const)
  if (nullable && all.some((part) => same(part, { type: 'null' })))
    return { enum: [...(nullable.enum ?? [nullable.const as string]), null] }
  const types = all.map((part) => part.type)
  const separate = types.every((type) => typeof type === 'string') && new Set(types).size === types.length
  return separate ? Object.assign({}, ...all, { type: types.toSorted() }) : { anyOf: all.toSorted(byText) }
}

const byText = (a: JsonSchema, b: JsonSchema) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
const same = (a: JsonSchema, b: JsonSchema) => JSON.stringify(a) === JSON.stringify(b)
const isDecimal = (type: ts.Type) => type.aliasSymbol?.name === 'Decimal'
const isLiteral = (type: ts.Type) => type.isLiteral() || Boolean(type.flags & ts.TypeFlags.BooleanLiteral)
const literal = (type: ts.Type) => (type as ts.StringLiteralType | ts.NumberLiteralType).value as string | number
/** A property that is declared to be absent, as `deleted` is on what is not. */
const isAbsent = (type: ts.Type) =>
  Boolean(type.flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined | ts.TypeFlags.Never)) ||
  (type.isUnion() && type.types.every((part) => part.flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined)))

/** `OtherString`: any string, written so that editors still propose the known ones. */
function isOpenString(type: ts.Type): boolean {
  return type.isIntersection() && type.types.some((part) => part.flags & ts.TypeFlags.String)
}
