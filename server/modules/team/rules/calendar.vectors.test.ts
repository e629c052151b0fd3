import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Calendar } from '#contract/calendar.ts'
import { addBusinessMs, businessMs, periods } from './calendar.ts'

type Hours = Partial<Record<string, [string, string][]>>
type Vector = { id: number; calendar: string; start: string } & (
  | { op: 'deadline'; minutes: number; expected: string }
  | { op: 'elapsed'; end: string; expected_seconds: number }
  | { op: 'periods'; expected: [string, string][] }
)

const file = join(process.env['TEST_DATA_DIR'] ?? '../shared/data', 'sla-business-hours/vectors.json')
const present = existsSync(file)
if (!present) console.log(`skipped: ${file} is absent`)

const at = (text: string) => Temporal.Instant.from(text)

function toCalendar(id: string, tz: string, hours: Hours, holidays: string[]): Calendar {
  const day = (name: string) => (hours[name] ?? []).map(([from, to]) => ({ from, to }))
  const [a, b, c, d, e, f, g] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map(day)
  const weekly = { 1: a!, 2: b!, 3: c!, 4: d!, 5: e!, 6: f!, 7: g! }
  return { id, version: 1, timeZone: tz, weekly, holidays }
}

describe.skipIf(!present)('vectors taken from other business-hours suites', () => {
  const data = present
    ? (JSON.parse(readFileSync(file, 'utf8')) as {
        calendars: Record<string, { tz: string; hours: Hours; holidays: string[] }>
        vectors: Vector[]
      })
    : { calendars: {}, vectors: [] }

  test('there is at least one of each kind', () => {
    expect(new Set(data.vectors.map((vector) => vector.op))).toEqual(new Set(['deadline', 'elapsed', 'periods']))
  })

  test.each(data.vectors)('$id: $op on $calendar from $start', (vector) => {
    const { tz, hours, holidays } = data.calendars[vector.calendar]!
    const calendar = toCalendar(vector.calendar, tz, hours, holidays)
    const start = at(vector.start)
    if (vector.op === 'deadline') {
      expect(addBusinessMs(calendar, start, vector.minutes * 60_000)?.toString()).toBe(at(vector.expected).toString())
    } else if (vector.op === 'elapsed') {
      expect(businessMs(calendar, start, at(vector.end))).toBe(vector.expected_seconds * 1000)
    } else {
      const found: [string, string][] = []
      for (const period of periods(calendar, start)) {
        found.push([period.from.toString(), period.to.toString()])
        if (found.length === vector.expected.length) break
      }
      expect(found).toEqual(vector.expected.map(([from, to]) => [at(from).toString(), at(to).toString()]))
    }
  })
})
