import { invalid } from './errors.ts'

export type Operator = ':' | '~' | '>' | '<' | '>=' | '<='
/** One clause; `key` is the name inside `metadata[…]`, a null value asks whether the field is there at all. */
export type Clause = { field: string; key?: string; operator: Operator; value: string | null; negated: boolean }
export type SearchQuery = { any: boolean; clauses: Clause[] }

const QUOTED = String.raw`"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'`
const CLAUSE = new RegExp(
  String.raw`(-)?([a-z_][\w.]*)(?:\[(?:${QUOTED})\])?\s*(:|~|>=|<=|>|<)\s*(?:${QUOTED}|(-?\d+|true|false|null)(?=\s|$))`,
  'iy',
)
const JOIN = /\s+(?:(and|or)\s+)?/iy
/** As many clauses as Stripe takes in one query. */
const MOST = 10

/** Reads Stripe's search query language: clauses joined by spaces or AND, or all of them by OR. Throws Stripe's refusal. */
export function readQuery(text: string): SearchQuery {
  const query = text.trim()
  const clauses: Clause[] = []
  const joins = new Set<string>()
  for (let at = 0; ;) {
    CLAUSE.lastIndex = at
    const found = CLAUSE.exec(query)
    if (!found) throw unreadable()
    clauses.push(clauseOf(found))
    at = CLAUSE.lastIndex
    if (at === query.length) break
    JOIN.lastIndex = at
    const join = JOIN.exec(query)
    if (!join) throw unreadable()
    joins.add((join[1] ?? 'and').toLowerCase())
    at = JOIN.lastIndex
  }
  if (joins.size > 1) throw invalid('You cannot combine AND and OR in the same search query.', 'query')
  if (clauses.length > MOST) throw invalid(`A search query can have at most ${MOST} clauses.`, 'query')
  return { any: joins.has('or'), clauses }
}

function clauseOf(found: RegExpExecArray): Clause {
  const [, minus, field = '', keyA, keyB, operator, textA, textB, bare] = found
  const key = keyA ?? keyB
  const quoted = textA ?? textB
  const value = quoted === undefined ? (bare === 'null' ? null : (bare ?? '')) : unescaped(quoted)
  return {
    field,
    ...(key === undefined ? {} : { key: unescaped(key) }),
    operator: operator as Operator,
    value,
    negated: minus !== undefined,
  }
}

const unescaped = (text: string) => text.replaceAll(/\\(.)/g, '$1')

const unreadable = () =>
  invalid(
    'We were unable to parse your search query. Try using the format `metadata["key"]:"value"` to query for metadata or key:"value" to query for other fields.',
    'query',
  )
