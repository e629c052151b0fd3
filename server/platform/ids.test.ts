import fc from 'fast-check'
import { expect, test } from 'vitest'
import { id } from '#contract/ids.ts'
import { idOf, newId, uuidOf } from './ids.ts'

test('an id and its UUID name each other', () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      expect(uuidOf(idOf('tkt', uuid))).toBe(uuid)
    }),
  )
})

test('ids sort by time and pass the contract', () => {
  const early = newId('tkt', Temporal.Instant.from('2026-01-01T00:00:00Z'))
  const late = newId('tkt', Temporal.Instant.from('2026-01-01T00:00:01Z'))
  expect(early < late).toBe(true)
  expect(id('tkt').safeParse(early).success).toBe(true)
  expect(id('msg').safeParse(early).success).toBe(false)
  expect(id('tkt').safeParse(`${early}0`).success).toBe(false)
})
