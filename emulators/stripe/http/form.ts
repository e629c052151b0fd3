import { ApiError } from './errors.ts'

/** What a form-encoded body or query holds: text leaves, arrays by index, objects by name. */
export type Raw = string | Raw[] | { [key: string]: Raw }
export type RawObject = { [key: string]: Raw }

const DEPTH_LIMIT = 12

/** Reads `items[0][price]=x&expand[]=y` as Stripe does: bracketed names nest, all-numeric names make an array. */
export function parseForm(text: string): RawObject {
  const root: RawObject = Object.create(null) as RawObject
  for (const [key, value] of new URLSearchParams(text)) place(root, path(key), value)
  return settle(root) as RawObject
}

function path(key: string): string[] {
  const first = key.indexOf('[')
  if (first < 0) return [key]
  const parts = [key.slice(0, first), ...[...key.slice(first).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '')]
  if (first === 0 || parts.length > DEPTH_LIMIT) throw new ApiError(400, { message: `Invalid request: ${key}` })
  return parts
}

function place(root: RawObject, parts: string[], value: string) {
  let here = root
  for (const [index, name] of parts.entries()) {
    const key = name === '' ? String(Object.keys(here).length) : name
    if (index === parts.length - 1) {
      here[key] = value
      return
    }
    const next = here[key]
    if (typeof next === 'object' && !Array.isArray(next)) here = next
    else here = here[key] = Object.create(null) as RawObject
  }
}

function settle(raw: Raw): Raw {
  if (typeof raw === 'string' || Array.isArray(raw)) return raw
  const keys = Object.keys(raw)
  if (keys.length > 0 && keys.every((key) => /^\d+$/.test(key))) {
    return keys.sort((a, b) => Number(a) - Number(b)).map((key) => settle(raw[key] as Raw))
  }
  for (const key of keys) raw[key] = settle(raw[key] as Raw)
  return raw
}
