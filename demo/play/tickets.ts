import type { Message } from '#contract/inbox.ts'
import type { Id } from '#contract/ids.ts'
import type { Stage } from '../stage.ts'

type Page<T> = { items: T[] }

/** The Message-ID of the mail that opens a scene's ticket. */
export function messageIdOf(stage: Stage, key: string): string {
  return `${key}.${stage.run}@mail.example`
}

/** The ticket that a scene's first mail became; undefined before it was sent. */
export async function findTicket(stage: Stage, key: string): Promise<Id<'tkt'> | undefined> {
  const messageId = encodeURIComponent(messageIdOf(stage, key))
  const { items } = await stage
    .desk('mia')
    .get<Page<{ ticketId: Id<'tkt'> | null }>>(`/custody/items?messageId=${messageId}`)
  return items.find(({ ticketId }) => ticketId !== null)?.ticketId ?? undefined
}

export async function ticketOf(stage: Stage, key: string): Promise<Id<'tkt'>> {
  const found = await findTicket(stage, key)
  if (!found) throw new Error(`the ticket of "${key}" is not there`)
  return found
}

/** Its messages, oldest first. */
export async function messagesOf(stage: Stage, key: string): Promise<Message[]> {
  const { items } = await stage
    .desk('mia')
    .get<Page<Message>>(`/tickets/${await ticketOf(stage, key)}/messages?limit=100`)
  return items
}
