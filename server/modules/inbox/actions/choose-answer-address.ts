import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { uuidOf } from '#platform/ids.ts'
import { replyDefaults } from '../reply-recipients.ts'
import { requireVisible } from '../views/read-ticket.ts'

/** An agent decides whether answers go where the sender asks for them; it holds for this contact and that address. */
export async function chooseAnswerAddress(desk: Desk, ticketId: Id<'tkt'>, choice: 'use' | 'keep'): Promise<void> {
  await desk.transaction(async (tx) => {
    await requireVisible(tx, ticketId)
    const { asked, writer } = await replyDefaults(tx, ticketId)
    if (!asked || !writer) throw new DeskError('conflict', 'The last mail asks for no other address.')
    await tx.connection.query({
      name: 'choose-answer-address',
      text: `insert into answer_choices (contact_id, email, choice, agent_id, at) values ($1, $2, $3, $4, $5)
        on conflict (contact_id, email) do update set choice = excluded.choice, agent_id = excluded.agent_id, at = excluded.at`,
      values: [
        uuidOf(writer),
        asked.email.toLowerCase(),
        choice,
        tx.actor.agentId ? uuidOf(tx.actor.agentId) : null,
        tx.now().toString(),
      ],
    })
    await tx.emit({ type: 'contact.answer_address_chosen', ticketId, contactId: writer, data: { choice } })
  })
}
