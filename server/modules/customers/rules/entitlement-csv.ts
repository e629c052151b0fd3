import { EntitlementKey, EntitlementState } from '#contract/entitlements.ts'
import { parseCsv, type CsvRow } from './csv.ts'

export type CsvProblem = { line: number; column: string | null; message: string }
export type ReadCsv = { rows: number; good: { key: string; state: EntitlementState }[]; problems: CsvProblem[] }

const maxRows = 50_000

const texts = { name: 'name', email: 'email', domain: 'domain', access: 'access', plan: 'plan', kind: 'kind' } as const
const columns = ['key', ...Object.keys(texts), 'access_until', 'seats', 'seats_used', 'occurred_at']
const fieldOf: Record<string, string> = {
  accessUntil: 'access_until',
  seatsUsed: 'seats_used',
  occurredAt: 'occurred_at',
}

/**
 * Entitlements of a CSV whose first line names its columns: `key` and `access` (unless all is granted) and any of the others;
 * `limit:x` and `used:x` make the quota x. A row that cannot be read is named with its line and left out.
 */
export function readEntitlementCsv(text: string, asOf: string): ReadCsv {
  const { rows, problem } = parseCsv(text)
  const [head, ...body] = rows
  const names = head?.fields.map((name) => name.trim().toLowerCase()) ?? []
  const faults = headFaults(names, body.length)
  if (problem) faults.push({ line: problem.line, column: null, message: problem.message })
  if (faults.length > 0) return { rows: body.length, good: [], problems: faults }
  const lines = new Map<string, number>()
  const read: ReadCsv = { rows: body.length, good: [], problems: [] }
  for (const row of body) {
    const { key, state, problems } = readRow(names, row, asOf)
    const before = lines.get(key)
    if (before) problems.push({ line: row.line, column: 'key', message: `stands in line ${before} already` })
    lines.set(key, before ?? row.line)
    if (state && problems.length === 0) read.good.push({ key, state })
    read.problems.push(...problems)
  }
  return read
}

function headFaults(names: readonly string[], rows: number): CsvProblem[] {
  const fault = (message: string, column: string | null = null) => ({ line: 1, column, message })
  if (names.length === 0) return [fault('the file is empty; its first line must name the columns')]
  const unknown = names.filter((name) => !columns.includes(name) && !/^(limit|used):.+$/.test(name))
  const twice = names.filter((name, at) => names.indexOf(name) !== at)
  return [
    ...(names.includes('key')
      ? []
      : [fault(`there is no column key; columns may be ${columns.join(', ')}, limit:… and used:…`)]),
    ...unknown.map((name) => fault('is not a column of entitlements', name)),
    ...twice.map((name) => fault('is there twice', name)),
    ...(rows > maxRows ? [fault(`the file has ${rows} rows; at most ${maxRows} are taken at once`)] : []),
  ]
}

function readRow(names: readonly string[], { line, fields }: CsvRow, asOf: string) {
  const problems: CsvProblem[] = []
  if (fields.length !== names.length)
    problems.push({
      line,
      column: null,
      message: `has ${fields.length} fields where the first line has ${names.length}`,
    })
  const cell = (name: string) => fields[names.indexOf(name)]?.trim() || null
  const number = (name: string) => {
    const value = cell(name)
    if (value === null) return null
    if (/^\d{1,10}$/.test(value)) return Number(value)
    problems.push({ line, column: name, message: 'must be a whole number' })
    return null
  }
  const quotas = [...new Set(names.flatMap((name) => /^(?:limit|used):(.+)$/.exec(name)?.[1] ?? []))]
    .map((name) => ({ name, limit: number(`limit:${name}`), used: number(`used:${name}`) }))
    .filter(({ limit, used }) => limit !== null || used !== null)
  const key = cell('key') ?? ''
  if (!EntitlementKey.safeParse(key).success)
    problems.push({ line, column: 'key', message: 'must be the product’s own id, without spaces' })
  const parsed = EntitlementState.safeParse({
    ...Object.fromEntries(Object.entries(texts).map(([column, field]) => [field, cell(column)])),
    kind: cell('kind') ?? 'workspace',
    access: cell('access') ?? 'granted',
    accessUntil: timeOf(cell('access_until')),
    seats: number('seats'),
    seatsUsed: number('seats_used'),
    quotas,
    occurredAt: timeOf(cell('occurred_at')) ?? asOf,
  })
  if (!parsed.success)
    for (const { path, message } of parsed.error.issues) {
      const field = String(path[0] ?? '')
      problems.push({ line, column: fieldOf[field] ?? field, message: plainWords(field, message) })
    }
  else if (!parsed.data.email && !parsed.data.domain)
    problems.push({ line, column: 'email', message: 'is empty, and so is domain; nobody can be found by this row' })
  return { key, state: parsed.data, problems }
}

/** A day alone means its beginning in UTC. */
function timeOf(text: string | null): string | null {
  return text && /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text
}

function plainWords(field: string, message: string): string {
  if (field === 'access') return 'must be granted, revoked or deleted'
  if (field === 'kind') return 'must be contact, account or workspace'
  if (field === 'email') return 'is not an address'
  if (field === 'accessUntil' || field === 'occurredAt') return 'must be a day such as 2026-12-31 or a time in RFC 3339'
  return message
}
