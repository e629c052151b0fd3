/** Subscriptions in these states are being paid for, or are in their time to pay. */
const live = new Set(['active', 'trialing', 'past_due'])

export type CheckInput = {
  /** Whether a Stripe customer is linked at all, and has been read. */
  linked: boolean
  read: boolean
  subscriptions: readonly { plan: string; status: string; seats: number | null }[]
  entitlements: readonly { key: string; kind: string; hasAccess: boolean; seats: number | null }[]
}

/** Where paying and having differ, in words; nothing is said where one side is not known. */
export function checkEntitlements(input: CheckInput): { compared: boolean; sentences: string[] } {
  const { linked, read, subscriptions, entitlements } = input
  const unknown = (sentence: string) => ({ compared: false, sentences: [sentence] })
  if (entitlements.length === 0) return unknown('The product has not said what this customer has.')
  if (!linked) return unknown('Not compared with Stripe: no Stripe customer is linked.')
  if (!read) return unknown('Not compared with Stripe: its customer has not been read yet.')
  const paid = subscriptions.filter(({ status }) => live.has(status))
  const having = entitlements.filter(({ hasAccess }) => hasAccess)
  if (paid.length > 0 && having.length === 0)
    return {
      compared: true,
      sentences: [`Paid, but no access: ${plansOf(paid)} is live at Stripe and the product gives no access.`],
    }
  if (paid.length === 0 && having.length > 0)
    return {
      compared: true,
      sentences: [
        `Access, but not paid: the product gives access to ${keysOf(having)} and no subscription is live at Stripe.`,
      ],
    }
  const [bought, given] = [seatsOf(paid), seatsOf(having)]
  if (bought !== null && given !== null && bought !== given)
    return { compared: true, sentences: [`Seats differ: ${bought} are paid at Stripe, the product gives ${given}.`] }
  return { compared: true, sentences: [] }
}

function plansOf(subscriptions: readonly { plan: string }[]): string {
  return [...new Set(subscriptions.map(({ plan }) => plan))].join(' and ')
}

function keysOf(entitlements: readonly { key: string }[]): string {
  const keys = entitlements.map(({ key }) => key)
  return keys.length > 3 ? `${keys.slice(0, 3).join(', ')} and ${keys.length - 3} more` : keys.join(', ')
}

/** Null where one of them does not say. */
function seatsOf(all: readonly { seats: number | null }[]): number | null {
  const seats = all.flatMap((one) => one.seats ?? [])
  return seats.length === all.length && all.length > 0 ? seats.reduce((sum, one) => sum + one, 0) : null
}
