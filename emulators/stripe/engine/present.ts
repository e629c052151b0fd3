const SHOWN = 10

/** An object as the API shows it: an invoice's embedded lines stop at ten and say that there are more. */
export function present(object: object): object {
  if (!('lines' in object)) return object
  const lines = object.lines as { data: unknown[]; has_more: boolean }
  if (lines.data.length <= SHOWN) return object
  return { ...object, lines: { ...lines, data: lines.data.slice(0, SHOWN), has_more: true } }
}
