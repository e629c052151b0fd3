import { createMailPort } from '#server/channels/email/mail-port.ts'
import type { Desk } from '#server/desk.ts'
import { ensureMailbox, mailboxesFor, readTicket, receiveMail } from '#modules/inbox/index.ts'
import { ensureDefaults, inviteAgent } from '#modules/team/index.ts'
import type { Id } from '#contract/ids.ts'
import type { Message } from '#contract/inbox.ts'
import type { Role } from '#contract/team.ts'
import { agentActor } from './agent-actor.ts'
import { createTestWorld, type TestWorld } from './build.ts'
// Tests of the inbox look at its insides.
import { writeMessage } from '../server/modules/inbox/actions/write-message.ts'
import { leave } from '../server/modules/inbox/actions/leave.ts'
import type { Received } from '../server/modules/inbox/actions/receive-mail.ts'
import { listMessages } from '../server/modules/inbox/views/list-messages.ts'

export type Letter = {
  /** Null for a mail without a Message-ID. */
  id?: string | null
  from?: string
  to?: string
  cc?: string
  subject?: string
  text?: string
  answers?: string
  headers?: readonly string[]
  envelope?: { from?: string; to?: readonly string[] }
}

export type LetterWorld = TestWorld & {
  mia: Desk
  agent(name: string, roles: Role[]): Promise<Desk>
  /** Hands over raw bytes, which are received once for every mailbox of the envelope. */
  take(raw: Uint8Array, envelope?: Letter['envelope']): Promise<Received[]>
  arrive(letter: Letter): Promise<Received>
  /** The same of a mail that must become or join a ticket. */
  filed(letter: Letter): Promise<Id<'tkt'>>
  answer(ticketId: Id<'tkt'>, more?: object): Promise<Message>
  messages(ticketId: Id<'tkt'>): Promise<Message[]>
  ticket(ticketId: Id<'tkt'>): ReturnType<typeof readTicket>
  lastReceipt(): Promise<{ disposition: string; reason: string }>
}

export function bytesOf({ id, from, to, cc, subject, text, answers, headers = [] }: Letter): Buffer {
  return Buffer.from(
    [
      `From: ${from ?? 'Ann <ann@customer.test>'}`,
      `To: ${to ?? 'support@desk.test'}`,
      ...(cc ? [`Cc: ${cc}`] : []),
      `Subject: ${subject ?? 'Help'}`,
      ...(id === null ? [] : [`Message-ID: <${id ?? `${Math.random().toString(36).slice(2)}@customer.test`}>`]),
      ...(answers ? [`In-Reply-To: <${answers}>`] : []),
      ...headers,
      ...(headers.some((line) => /^content-type:/i.test(line)) ? [] : ['Content-Type: text/plain; charset=utf-8']),
      '',
      text ?? 'Hello?',
    ].join('\r\n'),
  )
}

/** A desk that mails are handed to one by one, without SMTP, and an agent who answers them. */
export async function createLetterWorld(mail: Partial<ReturnType<typeof createMailPort>> = {}): Promise<LetterWorld> {
  const port = createMailPort({ target: { host: '127.0.0.1', port: 9, secure: false } })
  const t = await createTestWorld({ mail: { ...port, ...mail } })
  await ensureDefaults(t.desk())
  await ensureMailbox(t.desk(), 'support@desk.test', 'Desk Support')
  // Mailboxes stand in the order in which they were made; one that a test adds is later.
  t.clock.advance({ seconds: 1 })
  const agent = async (name: string, roles: Role[]) => {
    const { agentId } = await inviteAgent(t.desk(), { name, email: `${name.toLowerCase()}@desk.test`, roles })
    await t.world.pool.query(`update agents set state = 'active' where email = $1`, [`${name.toLowerCase()}@desk.test`])
    return t.desk(agentActor({ id: agentId, name, roles }))
  }
  const mia = await agent('Mia', ['lead'])
  const take: LetterWorld['take'] = async (raw, envelope = {}) => {
    const to = [...(envelope.to ?? ['support@desk.test'])]
    return receiveMail(t.desk(), {
      raw,
      mailboxes: await mailboxesFor(t.desk(), to),
      envelope: { from: envelope.from ?? 'ann@customer.test', to, ip: null, helo: null },
    })
  }
  const arrive = async (letter: Letter) => {
    const from = /[^\s<>]+@[^\s<>]+/.exec(letter.from ?? 'ann@customer.test')?.[0] ?? ''
    t.clock.advance({ seconds: 1 })
    const [first] = await take(bytesOf(letter), { from, ...letter.envelope })
    if (!first) throw new Error('nothing was received')
    return first
  }
  const messages = async (ticketId: Id<'tkt'>) => (await listMessages(mia, ticketId, {})).items
  return {
    ...t,
    mia,
    agent,
    take,
    arrive,
    filed: async (letter) => {
      const { ticketId } = await arrive(letter)
      if (!ticketId) throw new Error('it became no ticket')
      return ticketId
    },
    answer: async (ticketId, more = {}) => {
      t.clock.advance({ seconds: 1 })
      const id = await writeMessage(mia, ticketId, { kind: 'reply', text: 'We are on it.', ...more })
      t.clock.advance({ minutes: 1 })
      await leave(t.desk(), id)
      const message = (await messages(ticketId)).find((one) => one.id === id)
      if (!message) throw new Error('the answer is not there')
      return message
    },
    messages,
    ticket: (ticketId) => readTicket(mia, ticketId),
    lastReceipt: async () => {
      const { rows } = await t.world.pool.query<{ disposition: string; reason: string }>(
        'select disposition, reason from receipts order by received_at desc, id desc limit 1',
      )
      if (!rows[0]) throw new Error('nothing arrived')
      return rows[0]
    },
  }
}
