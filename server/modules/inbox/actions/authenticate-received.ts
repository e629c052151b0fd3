import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { verifyIdentity } from '#modules/customers/index.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { holdEvents } from '../hold-events.ts'
import type { MailAuthentication } from '../ports.ts'
import { readRaws } from '../store/raw-items.ts'
import { distrust } from './distrust.ts'
import { hearFrom } from './hear-from.ts'
import { finishWork, unprovenMail, type UnprovenMail } from '../store/receipt-work.ts'

const atOnce = 32
const bytesAtOnce = 16 * 1024 * 1024

type Proven = { mail: UnprovenMail; auth: MailAuthentication }

/**
 * Finds out of the mails that wait for it whether their senders are who they say; resolves to how many there were. It
 * blocks nothing: what cannot be found out is `unknown`. A DMARC pass also shows that the address is the contact's;
 * an aligned proof, that mail to the address may go again. What nothing proves lifts no hold: anybody can write a From.
 */
export async function authenticateReceived(desk: Desk): Promise<number> {
  const mails = withinBytes(await unprovenMail(desk, atOnce))
  if (mails.length === 0) return 0
  const raws = await readRaws(
    desk,
    mails.map(({ itemId }) => itemId),
  )
  const proven = await Promise.all(
    mails.map(async (mail): Promise<Proven[]> => {
      const raw = raws.get(mail.itemId)
      if (!raw || mail.forwarded) return []
      const { ip, helo, from } = mail.envelope
      return [{ mail, auth: await desk.ports.mail.authenticate(raw, { ip, helo, from }) }]
    }),
  )
  await desk.transaction(async (tx) => {
    await save(tx, proven.flat())
    await finishWork(tx, mails)
  })
  return mails.length
}

async function save(desk: Desk, proven: readonly Proven[]): Promise<void> {
  const isNew = await saveAuthentications(desk, proven)
  const held = holdEvents(desk)
  for (const { mail, auth } of proven) {
    if (!isNew.has(mail.messageId)) continue
    const { spf, dkim, dmarc, aligned } = auth
    await held.desk.emit({
      type: 'message.authenticated',
      ticketId: mail.ticketId,
      data: { messageId: mail.messageId, spf, dkim, dmarc, aligned },
    })
    if (dmarc === 'fail') await distrust(held.desk, mail.messageId, mail.ticketId)
    if (dmarc === 'pass' && aligned && mail.contactId && mail.from)
      await verifyIdentity(held.desk, mail.contactId, mail.from.email, 'dmarc')
  }
  const aligned = proven.filter(({ mail, auth }) => isNew.has(mail.messageId) && auth.aligned)
  await hearFrom(
    held.desk,
    aligned.map(({ mail }) => mail.messageId),
  )
  await held.append()
}

/** The messages that had no verdict yet: each gets one once. */
async function saveAuthentications(desk: Desk, proven: readonly Proven[]): Promise<Set<Id<'msg'>>> {
  const { rows } = await desk.connection.query<{ id: string }>({
    name: 'save-authentications',
    text: `update messages m set auth = p.auth from jsonb_to_recordset($1::jsonb) as p(id uuid, auth jsonb)
      where m.id = p.id and m.auth is null returning m.id`,
    values: [JSON.stringify(proven.map(({ mail, auth }) => ({ id: uuidOf(mail.messageId), auth })))],
  })
  return new Set(rows.map((row) => idOf('msg', row.id)))
}

/** As many of them, at least one, as fit into memory at once. */
function withinBytes(mails: readonly UnprovenMail[]): UnprovenMail[] {
  let bytes = 0
  return mails.filter(({ size }, index) => (bytes += size) <= bytesAtOnce || index === 0)
}
