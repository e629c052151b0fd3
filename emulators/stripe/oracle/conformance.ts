import { Ajv, type ErrorObject, type FuncKeywordDefinition, type ValidateFunction } from 'ajv'
import { oracle } from './documents.ts'
import type { JsonSchema } from './derivation/json-schema.ts'

/** Something that the emulator was about to say and that Stripe could not: a fault of the emulator. Names every path and reason. */
export class NotStripes extends Error {
  constructor(what: string, faults: string[]) {
    super(`${what} is not as Stripe's: ${faults.join('; ')}`)
    this.name = 'NotStripes'
  }
}

/** Every process that meets objects compiles their schemas, so what would make that slower is off: derived schemas need no checking. */
const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  allowUnionTypes: true,
  validateSchema: false,
  meta: false,
  code: { optimize: false },
  keywords: [resourcesKeyword()],
})
const compiled = new Map<string, ValidateFunction>()

/** Compiling takes milliseconds for each object, so only what is really met is compiled. */
function validator(key: string, schema: JsonSchema | undefined): ValidateFunction {
  const known = compiled.get(key)
  if (known) return known
  if (!schema) throw new NotStripes(key, ['the oracle has no schema for it'])
  const fresh = ajv.compile(schema)
  compiled.set(key, fresh)
  return fresh
}

/** The keyword by which schemas name the objects that an expanded value may be; it follows the name only when there is a value. */
function resourcesKeyword(): FuncKeywordDefinition {
  const check: FuncKeywordDefinition['validate'] = (names: string[], value: Bag, _, context) => {
    const name = nameOf(value)
    const at = context?.instancePath ?? ''
    const found = names.includes(name)
      ? faultsOf(validator(name, oracle().objects[name]), value)
      : [{ instancePath: '', message: `is ${name} and must be ${names.join(' or ')}` }]
    if (check) check.errors = found.map((error) => ({ ...withValue(error), instancePath: at + error.instancePath }))
    return found.length === 0
  }
  return { keyword: 'resources', type: 'object', schemaType: 'array', errors: 'full', validate: check }
}

type Bag = Record<string, unknown>
const nameOf = (value: Bag): string =>
  value.deleted === true ? `deleted_${String(value.object)}` : String(value.object ?? 'an object without a name')

function faultsOf(validate: ValidateFunction, value: unknown): Partial<ErrorObject>[] {
  return validate(value) ? [] : (validate.errors ?? [])
}

function ensure(what: string, validate: ValidateFunction, value: unknown): void {
  const faults = faultsOf(validate, value)
  if (faults.length > 0) throw new NotStripes(what, faults.map(describe))
}

/** Keeps the value that was refused: on its way outwards an error is told of the object around it instead. */
function withValue(error: Partial<ErrorObject>): Partial<ErrorObject> {
  const { params = {}, data } = error
  return 'value' in params ? error : { ...error, params: { ...params, value: data } }
}

function describe(error: Partial<ErrorObject>): string {
  const { instancePath, message = 'is wrong', params = {} } = withValue(error)
  const { additionalProperty: field, value } = params as { additionalProperty?: string; value: unknown }
  const shown = value === undefined || typeof value === 'object' ? '' : `, not ${JSON.stringify(value)}`
  return `${instancePath === '' ? 'it' : instancePath} ${message}${field === undefined ? shown : `: ${field}`}`
}

/** As it will read on the wire: decimals are text there, and what is undefined is absent. */
const wire = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** Throws unless Stripe could answer this to the endpoint, e.g. `POST /v1/refunds/:id`. */
export function ensureAnswer(route: string, body: object): void {
  ensure(`The answer to ${route}`, validator(route, oracle().endpoints[route]?.answer), wire(body))
}

/** Throws unless an object is what its own `object` field says. */
export function ensureObject(value: object): void {
  const name = nameOf(value as Bag)
  ensure(name, validator(name, oracle().objects[name]), wire(value))
}

/** Throws unless the event's type exists, carries the object it carries at Stripe, and says only of fields of that object what they were. */
export function ensureEvent(event: { type: string; data: { object: object; previous_attributes?: object } }): void {
  const { type, data } = event
  const what = `Event ${type}`
  ensure(what, validator('event', oracle().objects.event), event)
  ensure(what, validator(what, oracle().events[type]), data.object)
  const fields = oracle().objects[nameOf(data.object as Bag)]?.properties ?? {}
  const strange = Object.keys(data.previous_attributes ?? {}).filter((name) => !Object.hasOwn(fields, name))
  if (strange.length > 0) throw new NotStripes(what, [`/data/previous_attributes has ${strange.join(', ')}`])
}
