/** What Stripe makes anew at each reading, or what passes with time alone: it tells of no change. */
const fleeting = new Set(['receipt_url', 'hosted_invoice_url', 'invoice_pdf', 'pdf', 'past_due'])

const most = 20

/** Paths at which an object as read now differs from the one kept, at most 20; `gone` when Stripe knows it no more. */
export function driftOf(kept: unknown, read: unknown): string[] {
  if (read === null) return ['gone']
  const paths: string[] = []
  compare(kept, read, '', paths)
  return paths
}

function compare(kept: unknown, read: unknown, path: string, paths: string[]): void {
  if (paths.length >= most || Object.is(kept, read)) return
  if (!isObject(kept) || !isObject(read) || Array.isArray(kept) !== Array.isArray(read)) {
    paths.push(path || 'object')
    return
  }
  const names = new Set([...Object.keys(kept), ...Object.keys(read)])
  for (const name of [...names].sort())
    if (!fleeting.has(name)) compare(kept[name], read[name], path ? `${path}.${name}` : name, paths)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
