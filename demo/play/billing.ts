import { setTimeout as sleep } from 'node:timers/promises'
import type { ContactBilling } from '#contract/billing.ts'
import type { Ticket } from '#contract/inbox.ts'
import type { AgentKey } from '../company.ts'
import type { Stage } from '../stage.ts'
import { ticketOf } from './tickets.ts'

type Customers = ContactBilling['customers']

/**
 * What an agent finds in the billing of whoever asks, once the mirror has it: opens the ticket, looks at the evidence for who
 * this is in Stripe, says yes to links that wait, and reads.
 */
export async function inBilling<T>(
  stage: Stage,
  key: string,
  by: AgentKey,
  find: (customers: Customers) => T | undefined,
): Promise<T> {
  const desk = stage.desk(by)
  const { requester } = await desk.get<Ticket>(`/tickets/${await ticketOf(stage, key)}`)
  for (let tries = 0; ; tries++) {
    await stage.settle('billing')
    let billing = await desk.get<ContactBilling>(`/contacts/${requester.id}/billing`)
    if (billing.proposals.length > 0) {
      for (const link of billing.proposals) await desk.send('POST', `/billing-links/${link.id}/confirm`, undefined)
      await stage.settle('billing')
      billing = await desk.get<ContactBilling>(`/contacts/${requester.id}/billing`)
    }
    const found = find(billing.customers)
    if (found !== undefined) return found
    if (tries === 30) throw new Error(`the billing of ${requester.email} does not have it`)
    await sleep(100)
  }
}

/** An agent opens the ticket and looks what was paid. */
export async function looksAtBilling(stage: Stage, key: string, by: AgentKey): Promise<void> {
  await inBilling(stage, key, by, (customers) => customers.find(({ charges }) => charges.length > 0))
}
