import { add, money, sum, type Money } from '#contract/money.ts'
import { convertUp, withinLimit, type Compared, type Rates } from './limits.ts'
import type { RefundPolicy } from './policy.ts'
import type { Given, RequiredApproval } from './refund-request.ts'
import { counted } from './words.ts'

const year = 365 * 86_400_000

/** `now` in epoch ms. */
export type GivenTerms = { givenBefore: readonly Given[]; policy: RefundPolicy; rates?: Rates; now: number }

/** A lead, where this customer or card was given money as often as the policy lets pass; what mends our own errors does not count. */
export function repeatApproval(terms: GivenTerms): RequiredApproval[] {
  const most = terms.policy.limits.repeatPerYear
  const past = counting(terms)
  if (past.length < most) return []
  const times = counted(past.length, 'refund or credit', 'refunds and credits')
  return [
    {
      role: 'lead',
      code: 'repeat',
      because: `${times} in the last 12 months; the policy asks a lead from ${most} on.`,
    },
  ]
}

/** A lead, where this amount and the goodwill of the last 12 months, refunded or credited, are together more than its cap. */
export function goodwillCapApproval(amount: Money, terms: GivenTerms): RequiredApproval[] {
  const given = counting(terms).filter(({ cause }) => cause === 'goodwill')
  const cap = withinCap(
    amount,
    given.map((one) => one.money),
    terms,
  )
  if (cap.within) return []
  const because = `Goodwill of the last 12 months would pass its cap: ${cap.sentence}.`
  return [{ role: 'lead', code: 'goodwill_cap', because }]
}

/** In the amount's currency where all are in it, else all in the base currency, each rounded up. */
function withinCap(amount: Money, given: readonly Money[], { policy, rates }: GivenTerms): Compared {
  const { yearlyCap } = policy.goodwill
  const { baseCurrency } = policy
  if (given.every(({ currency }) => currency === amount.currency))
    return withinLimit(add(amount, sum(given, amount.currency)), yearlyCap, baseCurrency, rates)
  let total = money(0, baseCurrency)
  for (const one of [amount, ...given]) {
    const converted = convertUp(one, baseCurrency, rates)
    if (!converted) return { within: false, sentence: `there is no daily rate for ${one.currency}` }
    total = add(total, converted)
  }
  return withinLimit(total, yearlyCap, baseCurrency, rates)
}

function counting({ givenBefore, policy, now }: GivenTerms): Given[] {
  return givenBefore.filter(({ at, cause }) => at > now - year && at <= now && !policy.ourErrors.includes(cause))
}
