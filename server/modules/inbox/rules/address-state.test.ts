import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterFailure, heldBack, softRow, type KnownAddress } from './address-state.ts'

const start = Temporal.Instant.from('2026-11-02T09:00:00Z')
const on = (day: number) => start.add({ hours: 24 * day })
const full = { kind: 'soft', reason: 'mailbox_full', status: '5.2.2', delayed: false } as const
const gone = { kind: 'hard', reason: 'unknown_user', status: '5.1.1', delayed: false } as const
const angry = { kind: 'complaint', reason: 'complaint', status: null, delayed: false } as const
const blocked = { kind: 'block', reason: 'reputation', status: '5.7.1', delayed: false } as const
const soft = (days: number[]) =>
  days.reduce<KnownAddress | undefined>((known, day) => afterFailure(known, full, on(day)), undefined)

describe('what an address is after a failure', () => {
  it('is gone after one hard failure', () => {
    expect(afterFailure(undefined, gone, start)).toMatchObject({ state: 'hard', reason: 'unknown_user' })
  })

  it('is only soft while the row is short in number or in time', () => {
    expect(soft([0, 1, 2, 3])).toMatchObject({ state: 'soft', softCount: 4 })
    expect(soft([0, 0, 0, 0, 0, 0, 0, 0])).toMatchObject({ state: 'soft', softCount: 8 })
  })

  it('is gone after five soft failures over a week', () => {
    expect(soft([0, 2, 4, 6, 7])).toMatchObject({ state: 'hard', reason: 'mailbox_full' })
  })

  it('begins a new row after a month of silence', () => {
    expect(soft([0, 2, 4, 6, 37])).toMatchObject({ state: 'soft', softCount: 1 })
  })

  it('says nothing about a mail that is only late', () => {
    expect(afterFailure(undefined, { ...full, delayed: true }, start).state).toBe('ok')
  })

  it('keeps what is suppressed suppressed, and a complaint above all', () => {
    const known = afterFailure(afterFailure(undefined, angry, start), gone, on(1))
    expect(known.state).toBe('complained')
    expect(afterFailure(afterFailure(undefined, gone, start), blocked, on(1)).state).toBe('hard')
  })

  it('never becomes gone by soft failures alone inside a week, nor with fewer than five', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 30 }), (days) => {
        expect(soft(days.toSorted((a, b) => a - b))?.state ?? 'soft').toBe('soft')
      }),
    )
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: softRow.failures - 1 }), (days) => {
        expect(soft(days.toSorted((a, b) => a - b))?.state ?? 'soft').toBe('soft')
      }),
    )
  })
})

describe('automatic mail', () => {
  it('is held back from what is gone, complained or unsubscribed, and from nobody else', () => {
    const held = (state: KnownAddress['state'], unsubscribed = false) => heldBack({ state, unsubscribed })
    expect(held('hard')).toEqual({ held: true, code: 'address_hard' })
    expect(held('complained')).toEqual({ held: true, code: 'address_complained' })
    expect(held('ok', true)).toEqual({ held: true, code: 'unsubscribed' })
    for (const state of ['ok', 'soft', 'blocked'] as const) expect(held(state).held).toBe(false)
    expect(heldBack(undefined).held).toBe(false)
  })
})
