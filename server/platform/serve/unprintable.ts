/**
 * Where a value that came as JSON, or as a query, holds a text that is none: NUL, which PostgreSQL cannot store, or half
 * of a surrogate pair, which UTF-8 cannot. The path of the first, or undefined. Walks without recursion, because callers nest.
 */
export function unprintablePath(value: unknown, path: string): string | undefined {
  const waiting: { path: string; value: unknown }[] = [{ path, value }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { path, value } = next
    if (typeof value === 'string' && !isText(value)) return path
    if (typeof value === 'object' && value !== null)
      for (const [key, each] of Object.entries(value)) {
        if (!isText(key)) return path
        waiting.push({ path: path.length < 200 ? `${path}.${key.slice(0, 60)}` : path, value: each })
      }
  }
  return undefined
}

function isText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000')
}
