import type { ApiError } from '../http/errors.ts'
import { invalid } from '../http/errors.ts'
import type { Raw, RawObject } from '../http/form.ts'
import { absent, empty } from '../http/params.ts'
import type { JsonSchema } from './derivation/json-schema.ts'
import { oracle } from './documents.ts'

type Fault = { kind: 'unknown' | 'missing' | 'wrong'; at: string; error?: ApiError }

/**
 * Refuses, as Stripe does, parameters that the endpoint does not have at whatever depth, lacks, or cannot read as their type. The text
 * of a form is held against the schema as it stands; whether a number must be whole or positive is not declared.
 */
export function ensureParameters(route: string, raw: RawObject): void {
  const schema = oracle().endpoints[route]?.params
  const faults = schema ? faultsOf(schema, raw, '') : []
  const unknown = faults.filter(({ kind }) => kind === 'unknown').map(({ at }) => at)
  if (unknown.length > 0) {
    const message = `Received unknown parameter${unknown.length > 1 ? 's' : ''}: ${unknown.join(', ')}`
    throw invalid(message, unknown[0], 'parameter_unknown')
  }
  const missing = faults.find(({ kind }) => kind === 'missing')
  if (missing) throw absent(missing.at)
  const wrong = faults.find(({ kind }) => kind === 'wrong')
  if (wrong?.error) throw wrong.error
}

function faultsOf(schema: JsonSchema, raw: Raw, at: string): Fault[] {
  if (schema.anyOf) return ofAny(schema.anyOf, raw, at)
  if (typeof raw === 'string') return ofText(schema, raw, at)
  const types = typesOf(schema)
  if (types.length === 0 && !schema.enum && schema.const === undefined) return []
  if (Array.isArray(raw)) {
    // Names that are all numbers read like places in a list, also where names are free.
    if (!types.includes('array') && types.includes('object'))
      return ofObject(schema, { ...raw } as unknown as RawObject, at)
    if (!types.includes('array')) return [wrong(at, schema, JSON.stringify(raw))]
    return raw.flatMap((entry, index) => faultsOf(schema.items ?? {}, entry, `${at}[${index}]`))
  }
  return types.includes('object') ? ofObject(schema, raw, at) : [wrong(at, schema, JSON.stringify(raw))]
}

function ofObject(schema: JsonSchema, raw: RawObject, at: string): Fault[] {
  const { properties = {}, required = [], additionalProperties: free } = schema
  const name = (key: string) => (at === '' ? key : `${at}[${key}]`)
  const within = Object.entries(raw).flatMap(([key, value]) => {
    const known = Object.hasOwn(properties, key) ? properties[key] : free
    return known ? faultsOf(known, value, name(key)) : [{ kind: 'unknown' as const, at: name(key) }]
  })
  const gone = required.filter((key) => !Object.hasOwn(raw, key))
  return [...within, ...gone.map((key) => ({ kind: 'missing' as const, at: name(key) }))]
}

/** Of several readings the one with the fewest objections speaks. */
function ofAny(schemas: JsonSchema[], raw: Raw, at: string): Fault[] {
  const readings = schemas.map((schema) => faultsOf(schema, raw, at)).toSorted((a, b) => a.length - b.length)
  return readings[0] ?? []
}

function ofText(schema: JsonSchema, text: string, at: string): Fault[] {
  const words = schema.enum ?? (schema.const === undefined ? undefined : [schema.const])
  const types = typesOf(schema)
  const isRead =
    (words?.some((word) => String(word) === text) ?? types.length === 0) ||
    (types.includes('number') && /^-?\d+(\.\d+)?$/.test(text)) ||
    (types.includes('boolean') && /^(true|false)$/.test(text)) ||
    (types.includes('string') && fits(schema, text))
  return isRead ? [] : [wrong(at, schema, text)]
}

function fits({ maxLength = Infinity, pattern }: JsonSchema, text: string): boolean {
  return text.length <= maxLength && (pattern === undefined || new RegExp(pattern).test(text))
}

const typesOf = ({ type = [] }: JsonSchema) => [type].flat()

function wrong(at: string, schema: JsonSchema, text: string): Fault {
  return { kind: 'wrong', at, error: complaint(at, schema, text) }
}

function complaint(at: string, schema: JsonSchema, text: string): ApiError {
  if (text === '') return empty(at)
  const words = (schema.enum ?? (schema.const === undefined ? [] : [schema.const])).filter((word) => word !== '')
  const [type] = typesOf(schema)
  if (words.length > 0) {
    const choice = words.length > 1 ? `one of ${words.slice(0, -1).join(', ')}, or ${words.at(-1)}` : words[0]
    return invalid(`Invalid ${at}: must be ${choice}`, at)
  }
  if (type === 'number') return invalid(`Invalid integer: ${text}`, at, 'parameter_invalid_integer')
  if (type === 'object') return invalid(schema.additionalProperties === false ? 'Invalid object' : 'Invalid hash', at)
  if (type === 'array') return invalid('Invalid array', at)
  return invalid(`Invalid ${schema.pattern === undefined ? type : 'decimal'}: ${text}`, at)
}
