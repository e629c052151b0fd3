import { coreMessages } from './core.ts'
import type { en } from './en.ts'

/** A message is a sentence with `{names}` to fill in, or two forms chosen by `{count}`. */
export type Message = string | { readonly one: string; readonly other: string }

export type MessageKey = keyof typeof en
type Text<K extends MessageKey> = (typeof en)[K] extends { readonly other: infer O } ? O : (typeof en)[K]
type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
type Plural<K extends MessageKey> = (typeof en)[K] extends { readonly other: string } ? 'count' : never
type Filled<K extends MessageKey> = Names<Text<K>> | Plural<K>

/** A key whose sentence has nothing to fill in; for keys kept in data. */
export type PlainKey = { [K in MessageKey]: [Filled<K>] extends [never] ? K : never }[MessageKey]

type Arguments<K extends MessageKey> = [Filled<K>] extends [never]
  ? []
  : [params: { [N in Filled<K>]: N extends 'count' ? number : string | number }]

const catalogue: Record<string, Message> = { ...coreMessages }

/** Adds the texts of a room as its code is loaded; `rooms/` has one file for each, imported where the room begins. */
export function addMessages(...texts: Record<string, Message>[]): void {
  Object.assign(catalogue, ...texts)
}

const locale = 'en'
const plurals = new Intl.PluralRules(locale)
const numbers = new Intl.NumberFormat(locale)

/** The sentence of a message with its `{names}` filled in; numbers are written with the locale's digit groups. */
export function t<K extends MessageKey>(key: K, ...[params]: Arguments<K>): string {
  const message: Message = catalogue[key] ?? key
  const values = (params ?? {}) as Record<string, string | number>
  const text =
    typeof message === 'string'
      ? message
      : plurals.select(Number(values['count'])) === 'one'
        ? message.one
        : message.other
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    return typeof value === 'number' ? numbers.format(value) : (value ?? '')
  })
}
