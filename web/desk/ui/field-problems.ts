import { ApiError } from '../api-error.ts'

/**
 * The problems an `invalid_request` names, by field: details of the form `[{ path, message }]` (an array of keys or a dotted
 * text, with or without the leading `body`), or a sentence that begins with `body.field: `. Empty for every other error; show that with FormError.
 */
export function fieldProblems(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError) || error.code !== 'invalid_request') return {}
  const found: Record<string, string> = {}
  for (const detail of listOf(error.details)) {
    const { path, message } = detail as { path?: unknown; message?: unknown }
    if (typeof message !== 'string') continue
    const name = (Array.isArray(path) ? path.map(String).join('.') : String(path ?? '')).replace(/^body\.?/, '')
    if (name) found[name] ??= message
  }
  const [, field, sentence] = /^body\.([\w.]+): (.+)$/s.exec(error.message) ?? []
  if (field && sentence && Object.keys(found).length === 0) found[field] = sentence
  return found
}

function listOf(details: unknown): object[] {
  const list: unknown = Array.isArray(details) ? details : (details as { issues?: unknown } | null)?.issues
  return Array.isArray(list) ? list.filter((item) => typeof item === 'object' && item !== null) : []
}
