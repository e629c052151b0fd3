import type { Raw, RawObject } from './form.ts'
import { type ApiError, invalid } from './errors.ts'

/**
 * One parameter that the emulator knows what to do with: how its text is read, and the complaint when it cannot be. `at` is its full
 * name, e.g. `items[0][price]`. The schema oracle has refused before what Stripe does not have; `fields`, `items` and `words` let a
 * test hold what is declared here against it.
 */
export type Spec<T> = {
  read(raw: Raw, at: string): T
  fields?: Fields
  items?: Spec<unknown>
  words?: readonly string[]
}
type Needed<T> = Spec<T> & { needed: true }
export type Fields = Record<string, Spec<unknown>>
type Value<S> = S extends Spec<infer T> ? T : never
type NeededKeys<F> = { [K in keyof F]: F[K] extends { needed: true } ? K : never }[keyof F]
/** The values an endpoint receives for its declared parameters. */
export type Values<F extends Fields> = { [K in NeededKeys<F>]: Value<F[K]> } & {
  [K in Exclude<keyof F, NeededKeys<F>>]?: Value<F[K]>
}

export function needed<T>(spec: Spec<T>): Needed<T> {
  return { ...spec, needed: true }
}

/** Also accepts the empty string, which unsets the value. */
export function clearable<T>(spec: Spec<T>): Spec<T | null> {
  return { ...spec, read: (raw, at) => (raw === '' ? null : spec.read(raw, at)) }
}

function leaf<T>(read: (text: string, at: string) => T): Spec<T> {
  return {
    read(raw, at) {
      if (typeof raw !== 'string') throw invalid(`Invalid string: ${JSON.stringify(raw)}`, at)
      if (raw !== '') return read(raw, at)
      throw empty(at)
    },
  }
}

export const string = (max = 5000): Spec<string> =>
  leaf((text, at) => {
    if (text.length <= max) return text
    throw invalid(`Invalid string: ${text.slice(0, 20)}…; must be at most ${max} characters`, at)
  })

export const integer = (min = Number.MIN_SAFE_INTEGER): Spec<number> =>
  leaf((text, at) => {
    const value = Number(text)
    if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value))
      throw invalid(`Invalid integer: ${text}`, at, 'parameter_invalid_integer')
    if (value < min)
      throw invalid(`Invalid ${min === 0 ? 'non-negative' : 'positive'} integer`, at, 'parameter_invalid_integer')
    return value
  })

export const boolean: Spec<boolean> = leaf((text, at) => {
  if (text !== 'true' && text !== 'false') throw invalid(`Invalid boolean: ${text}`, at)
  return text === 'true'
})

/** An exact decimal as text; amounts are never read through floats. */
export const decimal: Spec<string> = leaf((text, at) => {
  if (!/^-?\d{1,15}(\.\d{1,12})?$/.test(text)) throw invalid(`Invalid decimal: ${text}`, at)
  return text
})

export const currency: Spec<string> = leaf((text, at) => {
  const code = text.toLowerCase()
  if (!/^[a-z]{3}$/.test(code)) throw invalid(`Invalid currency: ${text}.`, at)
  return code
})

export const oneOf = <T extends string>(...allowed: T[]): Spec<T> => ({
  words: allowed,
  ...leaf((text, at) => {
    const found = allowed.find((choice) => choice === text)
    if (found !== undefined) return found
    throw invalid(`The emulator does not do ${at}=${text}, only ${allowed.join(', ')}.`, at)
  }),
})

export const literal = <T extends string>(value: T): Spec<T> => oneOf(value)

/** The first reading that succeeds. */
export function either<A, B>(first: Spec<A>, second: Spec<B>): Spec<A | B> {
  return {
    read(raw, at) {
      try {
        return first.read(raw, at)
      } catch {
        return second.read(raw, at)
      }
    },
  }
}

export function list<T>(spec: Spec<T>): Spec<T[]> {
  return {
    items: spec,
    read(raw, at) {
      if (!Array.isArray(raw)) throw invalid('Invalid array', at)
      return raw.map((entry, index) => spec.read(entry, `${at}[${index}]`))
    },
  }
}

export function object<F extends Fields>(fields: F): Spec<Values<F>> {
  return {
    fields,
    read(raw, at) {
      if (typeof raw === 'string' || Array.isArray(raw)) throw invalid('Invalid object', at)
      return readFields(fields, raw, at)
    },
  }
}

/** Free-form names with text values; an empty value deletes the name, an empty whole deletes all. */
export const metadata: Spec<Record<string, string> | null> = {
  read(raw, at) {
    if (raw === '') return null
    if (typeof raw === 'string' || Array.isArray(raw)) throw invalid('Invalid hash', at)
    const names = Object.entries(raw)
    if (names.length > 50) throw invalid('Metadata can have at most 50 keys', at)
    for (const [name, value] of names) {
      if (typeof value !== 'string') throw invalid(`Metadata values must be strings`, `${at}[${name}]`)
      if (name.length > 40) throw invalid('Metadata keys can have up to 40 characters', at)
      if (value.length > 500) throw invalid('Metadata values can have up to 500 characters', `${at}[${name}]`)
    }
    return Object.fromEntries(names) as Record<string, string>
  },
}

/** A whole value with every name its own spec, e.g. `currency_options[eur][unit_amount]`. */
export function map<T>(spec: Spec<T>): Spec<Record<string, T>> {
  return {
    read(raw, at) {
      if (typeof raw === 'string' || Array.isArray(raw)) throw invalid('Invalid object', at)
      return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, spec.read(value, `${at}[${name}]`)]))
    },
  }
}

export type Range = { gt?: number; gte?: number; lt?: number; lte?: number } | number
export const range: Spec<Range> = {
  read: (raw, at) =>
    typeof raw === 'string'
      ? integer().read(raw, at)
      : object({ gt: integer(), gte: integer(), lt: integer(), lte: integer() }).read(raw, at),
}

/** Reads all declared parameters; one that Stripe has but the emulator does nothing with is refused, never ignored. */
export function readFields<F extends Fields>(fields: F, raw: RawObject, at = ''): Values<F> {
  const name = (key: string) => (at === '' ? key : `${at}[${key}]`)
  const idle = Object.keys(raw).find((key) => !Object.hasOwn(fields, key))
  if (idle !== undefined)
    throw invalid(`The emulator does not do the parameter ${name(idle)}, which Stripe has.`, name(idle))
  const values: Record<string, unknown> = {}
  for (const [key, spec] of Object.entries(fields)) {
    const value = raw[key]
    if (value !== undefined) values[key] = spec.read(value, name(key))
    else if ('needed' in spec) throw absent(name(key))
  }
  return values as Values<F>
}

export function absent(param: string): ApiError {
  return invalid(`Missing required param: ${param}.`, param, 'parameter_missing')
}

export function empty(param: string): ApiError {
  const message = `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`
  return invalid(message, param, 'parameter_invalid_empty')
}
