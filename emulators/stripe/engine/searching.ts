import { type ApiError, invalid } from '../http/errors.ts'
import type { Clause, SearchQuery } from '../http/search-query.ts'

/** What a field can be asked: tokens only whether they equal, strings also for a part of them, numbers for more and less. */
export type FieldType = 'numeric' | 'string' | 'token'
/** The fields of a resource that can be searched; a `*` stands for one name, e.g. the type of a payment method. */
export type Searchable = { resource: string; fields: Record<string, FieldType>; read?: (object: object) => Bag }
type Bag = Record<string, unknown>

/** A substring shorter than this is refused. */
const SHORTEST = 3

/** Says of an object whether it fits the query. Throws Stripe's refusal of fields and operators that the resource does not have. */
export function matcher(query: SearchQuery, searchable: Searchable): (object: object) => boolean {
  const tests = query.clauses.map((clause) => testOf(clause, typeOf(clause, searchable)))
  return (object) => {
    const bag = { ...object, ...searchable.read?.(object) }
    return query.any ? tests.some((test) => test(bag)) : tests.every((test) => test(bag))
  }
}

function typeOf({ field, key }: Clause, { resource, fields }: Searchable): FieldType {
  if (field === 'metadata' && key !== undefined && 'metadata' in fields) return 'token'
  const name = Object.keys(fields).find((known) => fits(known.split('.'), field.split('.')))
  const type = name === undefined || name === 'metadata' || key !== undefined ? undefined : fields[name]
  if (type !== undefined) return type
  const words = `Field \`${field}\` is an unsupported search field for resource \`${resource}\`.`
  const page = `http://stripe.com/docs/search#query-fields-for-${resource.replaceAll('_', '-')}`
  throw invalid(`${words} See ${page} for a list of supported fields.`, 'query')
}

const fits = (known: string[], asked: string[]) =>
  known.length === asked.length && known.every((part, index) => part === '*' || part === asked[index])

function testOf(clause: Clause, type: FieldType): (bag: Bag) => boolean {
  const { field, key, negated, value } = clause
  const holds = value === null ? isAbsent(clause) : comparison(clause, type, value)
  const path = key === undefined ? field.split('.') : ['metadata', key]
  return (bag) => holds(path.reduce<unknown>((inner, part) => (inner as Bag | null)?.[part], bag)) !== negated
}

function isAbsent(clause: Clause): (found: unknown) => boolean {
  if (clause.operator !== ':') throw unsupported(clause)
  return (found) => found === undefined || found === null
}

function comparison(clause: Clause, type: FieldType, value: string): (found: unknown) => boolean {
  const { operator, field } = clause
  if (type === 'numeric') return numeric(clause, value)
  const wanted = value.toLowerCase()
  const said = (found: unknown) =>
    found === undefined || found === null ? null : String(found as string | number | boolean).toLowerCase()
  if (operator === ':') return (found) => said(found) === wanted
  if (operator !== '~' || type !== 'string') throw unsupported(clause)
  if (wanted.length < SHORTEST)
    throw invalid(`Substring searches on \`${field}\` need at least ${SHORTEST} characters.`, 'query')
  return (found) => said(found)?.includes(wanted) === true
}

function numeric(clause: Clause, value: string): (found: unknown) => boolean {
  const { operator, field } = clause
  if (!/^-?\d+$/.test(value))
    throw invalid(`Field \`${field}\` is numeric and cannot be compared to "${value}".`, 'query')
  const limit = Number(value)
  const compare = { ':': eq, '>': gt, '<': lt, '>=': gte, '<=': lte, '~': undefined }[operator]
  if (!compare) throw unsupported(clause)
  return (found) => typeof found === 'number' && compare(found, limit)
}

const eq = (a: number, b: number) => a === b
const gt = (a: number, b: number) => a > b
const lt = (a: number, b: number) => a < b
const gte = (a: number, b: number) => a >= b
const lte = (a: number, b: number) => a <= b

function unsupported({ operator, field }: Clause): ApiError {
  return invalid(`The operator \`${operator}\` is not supported for the field \`${field}\`.`, 'query')
}
