import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { nov12, nov3, utc } from './build-facts.ts'
import { exchangeEffects } from './exchange-effect.ts'
import type { BalanceFacts } from './facts.ts'

const settled = (amount: number, created: number, exchangeRate?: number): BalanceFacts => ({
  id: `txn_${amount}`,
  amount,
  currency: 'eur',
  created,
  fee: 0,
  net: amount,
  fees: [],
  ...(exchangeRate === undefined ? {} : { exchangeRate }),
})
const charge = { id: 'ch_1', amount: 6000, currency: 'usd', balance: settled(5280, nov3, 0.88) }
const refund = { id: 're_1', amount: 6000, currency: 'usd', created: nov12, balance: settled(-5160, nov12, 0.86) }

it('tells what a refund gained or lost by the rate of its day', () => {
  expect(exchangeEffects(charge, [refund], utc).effects).toEqual([
    {
      refund: 're_1',
      currency: 'eur',
      brought: 5280,
      cost: 5160,
      effect: 120,
      sentence:
        '60.00 USD had brought 52.80 EUR on 3 Nov at 0.88; giving it back cost 51.60 EUR on 12 Nov at 0.86: a gain of 1.20 EUR.',
    },
  ])
  const dear = { ...refund, balance: settled(-5400, nov12, 0.9) }
  expect(exchangeEffects(charge, [dear], utc).effects[0]).toMatchObject({
    effect: -120,
    sentence: expect.stringContaining('a loss of 1.20 EUR'),
  })
  const same = { ...refund, balance: settled(-5280, nov12) }
  expect(exchangeEffects(charge, [same], utc).effects[0]?.sentence).toContain('neither gain nor loss')
})

it('has nothing to say where no money was exchanged', () => {
  expect(exchangeEffects({ ...charge, currency: 'eur' }, [refund], utc)).toEqual({ effects: [], unknown: [] })
  expect(exchangeEffects({ id: 'ch_1', amount: 6000, currency: 'usd' }, [refund], utc).effects).toEqual([])
})

it('does not guess what is not settled yet, or settled elsewhere', () => {
  const waiting = { id: 're_1', amount: 6000, currency: 'usd', created: nov12 }
  expect(exchangeEffects(charge, [waiting], utc)).toEqual({
    effects: [],
    unknown: ['The exchange effect of the refund of 60.00 USD is not known: it is not settled yet.'],
  })
  const elsewhere = { ...refund, balance: { ...settled(-4400, nov12), currency: 'gbp' } }
  expect(exchangeEffects(charge, [elsewhere], utc).unknown[0]).toContain('settled in GBP, the charge in EUR')
})

it('cuts what came in without losing a unit, however the refunds are cut', () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(cuts, fc.integer({ min: 1, max: 1_000_000 }), fc.nat(10_000), (parts, brought, cost) => {
      const amount = parts.reduce((all, part) => all + part, 0)
      const refunds = parts.map((part, index) => ({
        id: `re_${index}`,
        amount: part,
        currency: 'usd',
        created: nov12 + index,
        balance: settled(-cost, nov12),
      }))
      const { effects } = exchangeEffects(
        { id: 'ch_1', amount, currency: 'usd', balance: settled(brought, nov3) },
        refunds,
        utc,
      )
      expect(effects.reduce((all, one) => all + one.brought, 0)).toBe(brought)
      for (const one of effects) expect(one.effect).toBe(one.brought - one.cost)
    }),
  )
})
