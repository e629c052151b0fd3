import type { Operation } from '#contract/billing.ts'
import type { Money } from '#contract/money.ts'
import { formatMoney } from '#contract/money-text.ts'

type Facts = {
  kind: Operation['kind']
  state: Operation['state']
  money: Money | null
  product: Operation['product']
  problem: string | null
  requiredRole: 'lead' | 'finance' | null
  attempts: number
}

/** How a kind is spoken of: newly and again, as something to do, as something done, and who is asked for it. */
type Words = { a: string; the: string; do: string; isDone: string; who: string }

function wordsOf({ kind, money, product }: Pick<Facts, 'kind' | 'money' | 'product'>): Words {
  const amount = money ? formatMoney(money) : ''
  const named = (thing: string) => ({ a: `A ${thing}`, the: `The ${thing}`, who: 'Stripe' })
  switch (kind) {
    case 'refund':
      return { ...named(`refund of ${amount}`), do: `refund ${amount}`, isDone: `${amount} was refunded` }
    case 'balance_credit':
      return {
        ...named(`credit of ${amount}`),
        do: `credit ${amount} to the balance`,
        isDone: `${amount} was credited to the balance`,
      }
    case 'subscription_cancellation':
      return { ...named('cancellation'), do: 'cancel the subscription', isDone: 'the subscription was cancelled' }
    case 'product_action': {
      const what = `“${product?.title}” for ${product?.key}`
      return { a: what, the: what, do: `carry out ${what}`, isDone: `${what} was carried out`, who: 'The product' }
    }
  }
}

/** The state of an operation in words, with what happens next. */
export function operationWords(facts: Facts): string {
  const { state, problem, requiredRole, attempts } = facts
  const { a, the, do: doing, isDone, who } = wordsOf(facts)
  switch (state) {
    case 'draft':
      return `${a} is prepared.`
    case 'awaiting_approval':
      return `${a} waits for ${requiredRole === 'finance' ? 'finance' : 'a lead'} to approve it.`
    case 'queued':
      return `${a} is about to start.`
    case 'running':
      return attempts > 1
        ? `${who} was asked ${attempts} times to ${doing}; the desk goes on by itself.`
        : `${who} is being asked to ${doing}.`
    case 'verifying':
      return `${who} took ${within(the)}; it is being read back.`
    case 'done':
      return `${isDone.charAt(0).toUpperCase()}${isDone.slice(1)}.`
    case 'failed':
      return `${the} did not happen. ${problem ?? ''}`.trim()
    case 'unknown':
      return `It is not known whether ${isDone}. ${problem ?? ''}`.trim()
    case 'rejected':
      return `${the} was rejected.`
    case 'expired':
      return `Nobody approved ${within(the)} in time.`
    case 'cancelled':
      return `${the} was taken back before it started.`
  }
}

/** A subject's words further on in a sentence. */
function within(the: string): string {
  return `${the.charAt(0).toLowerCase()}${the.slice(1)}`
}
