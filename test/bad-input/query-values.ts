import { unknownId } from './example.ts'
import { idPrefixOf, type JsonSchema } from './json-schema.ts'
import { wrongIds } from './spoil.ts'

/** `survives`: the value may mean something, so that only a 5xx is a fault. A value that begins with % is sent as it stands. */
type QueryValue = { value: string; survives?: boolean }

export const badCursors: readonly QueryValue[] = [
  '',
  'x',
  '!!!',
  '%00',
  '%ED%A0%80',
  'x'.repeat(401),
  ...[
    '',
    '[]',
    '{}',
    'null',
    '5',
    '"x"',
    '[[]]',
    '[{}]',
    '[true]',
    '[1,2,3,4,5]',
    '["a","b","c","d"]',
    '[1e999,1e999]',
  ].map((text) => Buffer.from(text).toString('base64url') || '_'),
].map((value) => ({ value }))

const ids = ['tkt', 'msg', 'con', 'acc', 'agt', 'tea', 'key', 'box', 'itm', 'op', 'apr'].map(unknownId)
const times = [
  '2026-11-02T09:00:00Z',
  '-271821-04-20T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+23:59',
  'infinity',
  'now',
  '',
  '2026-11-02',
]

/** What is inside cursors that are well formed: places no list gave out, and the ends of every scale. */
export const oddCursors: readonly string[] = [
  ...ids.map((id) => JSON.stringify([id])),
  ...times.flatMap((time) => [unknownId('tkt'), unknownId('apr')].map((id) => JSON.stringify([time, id]))),
  ...ids.map((id) => JSON.stringify([null, id])),
  ...[0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER, -1e300].flatMap((number) => [
    JSON.stringify([number]),
    ...times.map((time) => JSON.stringify([number, time])),
    ...ids.slice(0, 2).map((id) => JSON.stringify([number, id])),
  ]),
  ...times.map((time) => JSON.stringify([time, ids[0], 0])),
  ...[-1, 1e308, 'x', null].map((index) => JSON.stringify([times[0], ids[0], index])),
  ...times.map((time) => JSON.stringify([1, time, unknownId('apr')])),
  '[null]',
  '[null,null]',
  '["x","x"]',
  '["x\\u0000"]',
  '["\\ud800"]',
  '[0,"x",0]',
]

/** Values that one parameter of a query must refuse, or at least survive. */
export function badQueryValues(field: JsonSchema): QueryValue[] {
  const refused = (values: readonly string[]) => values.map((value) => ({ value }))
  if (field.type === 'integer' || field.type === 'number') {
    const { minimum = 1, maximum = 100 } = field
    const beyond = [String(minimum - 1), String(maximum + 1), '1e999', '9007199254740993', '-0.5']
    return refused(['abc', '', '1.5', 'NaN', 'Infinity', '%00', '1;2', ...beyond])
  }
  const prefix = idPrefixOf(field)
  if (prefix) return refused(['', '%00', ...wrongIds(prefix, unknownId(prefix))])
  if (field.enum) return refused(['', 'no-such-value', '%00', String(field.enum[0]).toUpperCase()])
  if (field.anyOf)
    return [
      ...refused(['', 'yesterday', '2026-13-01', '2026-02-30', '2026-11-02T25:00:00Z', '%00', '20261102', 'infinity']),
      ...[
        '0000-01-01',
        '0000-01-01T00:00:00Z',
        '9999-12-31',
        '9999-12-31T23:59:59-23:59',
        '0001-01-01T00:00:00+23:59',
      ].map((value) => ({ value, survives: true })),
    ]
  const tooLong = field.maxLength === undefined ? [] : ['x'.repeat(field.maxLength + 1)]
  const odd = [
    '%ED%A0%80',
    '%',
    '%zz',
    "'",
    '"',
    '\\',
    '%25%5f',
    'a & | ! <-> b',
    '((((',
    '*:*',
    '999999999999',
    '-1',
    '🙂',
  ]
  return [
    ...refused([
      '%00',
      'a\u0000b',
      ...tooLong,
      ...(field.minLength ? ['', '   '] : []),
      ...(field.pattern ? ['§ §'] : []),
    ]),
    ...odd.map((value) => ({ value, survives: true })),
  ]
}
