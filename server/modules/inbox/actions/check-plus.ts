import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { idOf, newId, uuidOf } from '#platform/ids.ts'
import { mailSign } from '../mail-signature.ts'
import { ownMailboxes } from '../own-addresses.ts'
import type { InboundMessage } from '../ports.ts'
import { makeMessageId } from '../rules/message-id.ts'
import { parsePlusProbe, plusProbeAddress } from '../rules/plus-probe.ts'
import { readSender, smtpServerOf } from '../store/senders.ts'

/** How long a mail to ourselves may be under way. */
const patience = { minutes: 30 }

/** Begins to find out whether mail to plus addresses of a mailbox comes back. */
export async function checkPlus(desk: Desk, id: Id<'box'>): Promise<void> {
  await desk.transaction(async (tx) => {
    const mailbox = (await ownMailboxes(tx)).find((one) => one.id === id)
    if (!mailbox) throw notFound('mailbox')
    if (!mailbox.enabled) throw new DeskError('conflict', 'The mailbox is switched off: nothing would come back.')
    await setState(tx, id, 'checking')
    await tx.enqueue({ name: 'inbox.probe_plus', payload: { mailboxId: id } })
    await tx.emit({ type: 'mailbox.plus_checked', data: { mailboxId: id, state: 'checking' } })
  })
}

/** Sends the probe. One that could not be handed over is tried again by the job; nothing else waits for it. */
export async function probePlus(desk: Desk, id: Id<'box'>): Promise<void> {
  const mailbox = (await ownMailboxes(desk)).find((one) => one.id === id)
  if (!mailbox) return
  const sign = mailSign(desk)
  const to = plusProbeAddress({ address: mailbox.address, mailboxUuid: uuidOf(id), sign })
  const raw = await desk.ports.mail.compose({
    messageId: makeMessageId({
      ticketId: uuidOf(id),
      messageId: uuidOf(newId('msg', desk.now())),
      domain: mailbox.address.split('@').at(-1) ?? 'localhost',
      sign,
    }),
    date: desk.now().toString(),
    from: { address: mailbox.address, name: mailbox.name },
    to: [{ address: to, name: '' }],
    cc: [],
    subject: 'Check of plus addresses',
    text: 'This desk wrote to itself to see whether mail to plus addresses comes back. There is nothing to do.',
    references: [],
    autoSubmitted: 'auto-generated',
    attachments: [],
  })
  const server = smtpServerOf(desk, await readSender(desk, id))
  const sent = await desk.ports.mail.transmit(
    raw,
    { from: mailbox.address, to: [to], server: server ?? undefined },
    { beforeDot: () => Promise.resolve(), afterDot: () => {} },
  )
  if (sent.outcome === 'retry') throw new Error(sent.reason)
  if (sent.outcome === 'failed') await settlePlus(desk, id, 'does_not')
}

/** Says of the probes that did not come back in time that plus addresses do not work. */
export async function giveUpPlus(desk: Desk): Promise<void> {
  const { rows } = await desk.connection.query<{ id: string }>({
    name: 'plus-overdue',
    text: `select id from sources where plus_state = 'checking' and plus_checked_at < $1`,
    values: [desk.now().subtract(patience).toString()],
  })
  for (const { id } of rows) await settlePlus(desk, idOf('box', id), 'does_not')
}

/** Whether a mail is the probe of this mailbox come home; then plus addresses work from now on. */
export async function isPlusProbe(desk: Desk, id: Id<'box'>, mail: InboundMessage): Promise<boolean> {
  const sign = mailSign(desk)
  const addresses = [...mail.envelope.to, ...mail.to.map(({ address }) => address)]
  if (!addresses.some((address) => parsePlusProbe(address, sign)?.mailboxUuid === uuidOf(id))) return false
  await settlePlus(desk, id, 'works')
  return true
}

async function settlePlus(desk: Desk, id: Id<'box'>, state: 'works' | 'does_not'): Promise<void> {
  await desk.transaction(async (tx) => {
    const changed = await setState(tx, id, state, state === 'works' ? ['checking', 'does_not'] : ['checking'])
    if (changed) await tx.emit({ type: 'mailbox.plus_checked', data: { mailboxId: id, state } })
  })
}

async function setState(desk: Desk, id: Id<'box'>, state: string, from?: string[]): Promise<boolean> {
  const { rowCount } = await desk.connection.query({
    name: 'set-plus-state',
    text: `update sources set plus_state = $2, plus_checked_at = $3 where id = $1 and ($4::text[] is null or plus_state = any($4))`,
    values: [uuidOf(id), state, desk.now().toString(), from ?? null],
  })
  return rowCount === 1
}
