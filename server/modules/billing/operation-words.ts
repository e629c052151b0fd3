import type { Operation } from '#contract/billing.ts'
import type { Money } from '#contract/money.ts'
import { formatMoney } from '#contract/money-text.ts'

type Facts = {
  kind: Operation['kind']
  state: Operation['state']
  money: Money | null
  problem: string | null
  requiredRole: 'lead' | 'finance' | null
  attempts: number
}

/** How a kind is spoken of: as a thing, as something to do, and as something done. */
type Words = { thing: string; do: string; isDone: string }

function wordsOf(kind: Operation['kind'], money: Money | null): Words {
  const amount = money ? formatMoney(money) : ''
  switch (kind) {
    case 'refund':
      return { thing: `refund of ${amount}`, do: `refund ${amount}`, isDone: `${amount} was refunded` }
    case 'balance_credit':
      return {
        thing: `credit of ${amount}`,
        do: `credit ${amount} to the balance`,
        isDone: `${amount} was credited to the balance`,
      }
    case 'subscription_cancellation':
      return { thing: 'cancellation', do: 'cancel the subscription', isDone: 'the subscription was cancelled' }
  }
}

/** The state of an operation in words, with what happens next. */
export function operationWords({ kind, state, money, problem, requiredRole, attempts }: Facts): string {
  const { thing, do: doing, isDone } = wordsOf(kind, money)
  switch (state) {
    case 'draft':
      return `A ${thing} is prepared.`
    case 'awaiting_approval':
      return `A ${thing} waits for ${requiredRole === 'finance' ? 'finance' : 'a lead'} to approve it.`
    case 'queued':
      return `A ${thing} is about to start.`
    case 'running':
      return attempts > 1
        ? `Stripe was asked ${attempts} times to ${doing}; the desk goes on by itself.`
        : `Stripe is being asked to ${doing}.`
    case 'verifying':
      return `Stripe took the ${thing}; it is being read back.`
    case 'done':
      return `${isDone.charAt(0).toUpperCase()}${isDone.slice(1)}.`
    case 'failed':
      return `The ${thing} did not happen. ${problem ?? ''}`.trim()
    case 'unknown':
      return `It is not known whether ${isDone}. ${problem ?? ''}`.trim()
    case 'rejected':
      return `The ${thing} was rejected.`
    case 'expired':
      return `Nobody approved the ${thing} in time.`
    case 'cancelled':
      return `The ${thing} was taken back before it started.`
  }
}
