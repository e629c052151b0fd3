import { unknownId } from './example.ts'
import { idPrefixOf, type JsonSchema } from './json-schema.ts'

export type Spoilt = { fault: string; value: unknown }

/** Stands in a body for a number that JSON can write and a double cannot hold; the sender puts 1e999 in its place. */
export const hugeNumber = '__1e999__'

const ofType: Record<string, unknown> = {
  string: 'x',
  number: 7,
  boolean: true,
  null: null,
  array: ['x'],
  object: { x: 1 },
}

/** Copies of a good value, each with one fault that the schema must refuse. */
export function* spoil(schema: JsonSchema, good: unknown): Generator<Spoilt> {
  yield* wrongTypes(schema)
  const own = schema.anyOf?.find((branch) => branch.type !== 'null') ?? schema
  if (own.type === 'object') yield* spoilObject(own, good as Record<string, unknown>)
  else if (own.type === 'array') yield* spoilArray(own, good as unknown[])
  else if (own.type === 'string') yield* spoilText(own, String(good))
  else if (own.type === 'integer' || own.type === 'number') yield* spoilNumber(own)
}

function* wrongTypes(schema: JsonSchema): Generator<Spoilt> {
  const accepted = new Set((schema.anyOf ?? [schema]).map((branch) => typeOf(branch)))
  for (const [type, value] of Object.entries(ofType))
    if (!accepted.has(type)) yield { fault: `is of type ${type}`, value }
}

function typeOf(schema: JsonSchema): string {
  if (schema.type === 'integer') return 'number'
  return schema.type ?? (schema.const === null ? 'null' : typeof (schema.const ?? schema.enum?.[0]))
}

function* spoilObject(schema: JsonSchema, good: Record<string, unknown>): Generator<Spoilt> {
  const names = Object.keys(good)
  for (const name of schema.required ?? []) {
    const { [name]: _, ...rest } = good
    yield { fault: `.${name} is missing`, value: rest }
  }
  if (schema.propertyNames) {
    yield { fault: '.no-such-key is there', value: { ...good, 'no-such-key': good[names[0] ?? ''] } }
  } else {
    yield { fault: '.noSuchField is there', value: { ...good, noSuchField: 1 } }
    yield { fault: '.constructor is there', value: { ...good, constructor: 'x' } }
  }
  for (const name of names) {
    const field = schema.properties?.[name] ?? (schema.additionalProperties as JsonSchema)
    for (const { fault, value } of spoil(field, good[name]))
      yield { fault: `.${name}${joint(fault)}`, value: { ...good, [name]: value } }
  }
}

function* spoilArray(schema: JsonSchema, good: unknown[]): Generator<Spoilt> {
  if (schema.minItems) yield { fault: 'is empty', value: [] }
  if (schema.maxItems !== undefined)
    yield { fault: 'is too long', value: Array.from({ length: schema.maxItems + 1 }, () => good[0]) }
  for (const { fault, value } of spoil(schema.items ?? {}, good[0]))
    yield { fault: `[0]${joint(fault)}`, value: [value] }
}

function* spoilText(schema: JsonSchema, good: string): Generator<Spoilt> {
  if (schema.enum) {
    yield { fault: 'is not in the list', value: 'no-such-value' }
    yield { fault: 'is of another case', value: good.toUpperCase() === good ? good.toLowerCase() : good.toUpperCase() }
  }
  if (schema.maxLength !== undefined)
    yield { fault: 'is too long', value: good.padEnd(schema.maxLength + 1, good.slice(-1) || 'x') }
  if (schema.minLength) yield { fault: 'is empty', value: '' }
  if (schema.pattern) {
    yield { fault: 'does not match', value: '§ §' }
    yield { fault: 'has a line break after it', value: `${good}\n` }
  }
  yield { fault: 'holds NUL', value: `${good}\u0000` }
  yield { fault: 'holds half a character', value: `${good}\ud800` }
  const prefix = idPrefixOf(schema)
  if (prefix) for (const value of wrongIds(prefix, good)) yield { fault: `is ${value.slice(0, 40)}`, value }
}

/** Ids that no schema may let through. */
export function wrongIds(prefix: string, good: string): string[] {
  const suffix = good.slice(prefix.length + 1)
  const other = prefix === 'evt' ? 'rat' : 'evt'
  return [
    'x',
    '1',
    suffix,
    unknownId(other),
    `${other}_${suffix}`,
    good.toUpperCase(),
    `${good}0`,
    good.slice(0, -1),
    // One bit more than a UUID has.
    `${prefix}_8${'z'.repeat(25)}`,
    `${prefix}_' or true --`,
    '00000000-0000-0000-0000-000000000000',
  ]
}

function* spoilNumber(schema: JsonSchema): Generator<Spoilt> {
  yield { fault: 'is more than a number holds', value: hugeNumber }
  if (schema.type === 'integer') {
    yield { fault: 'is a fraction', value: 1.5 }
    yield { fault: 'is no safe integer', value: 2 ** 53 }
  }
  if (schema.minimum !== undefined) yield { fault: 'is too small', value: schema.minimum - 1 }
  if (schema.exclusiveMinimum !== undefined) yield { fault: 'is too small', value: schema.exclusiveMinimum }
  if (schema.maximum !== undefined && Number.isSafeInteger(schema.maximum + 1))
    yield { fault: 'is too large', value: schema.maximum + 1 }
}

function joint(fault: string): string {
  return /^[.[]/.test(fault) ? fault : ` ${fault}`
}
