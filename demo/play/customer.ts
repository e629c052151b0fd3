import type { OutgoingMail } from '../outside/emulated.ts'
import type { Person } from '../people.ts'
import type { Stage } from '../stage.ts'
import { findTicket, messageIdOf, messagesOf } from './tickets.ts'

export type Letter = Pick<OutgoingMail, 'subject' | 'text' | 'html' | 'headers' | 'attachments' | 'spoofed' | 'cc'> & {
  to?: 'support' | 'enterprise'
}

/** A mail that opens a ticket, under an id by which it is found again. */
export async function customerWrites(
  stage: Stage,
  key: string,
  { name, email }: Person,
  letter: Letter,
): Promise<void> {
  if (await findTicket(stage, key)) return
  const { to, ...mail } = letter
  const sent = await stage.outside.send({
    ...mail,
    from: email,
    fromName: name,
    to: to === 'enterprise' ? stage.enterpriseAddress : stage.supportAddress,
    messageId: `<${messageIdOf(stage, key)}>`,
  })
  if (sent.outcome !== 'accepted') throw new Error(`the desk did not take the mail: ${sent.response}`)
}

/** The customer's own mail program answers our last mail, with its quote. */
export async function customerAnswers(
  stage: Stage,
  key: string,
  { name, email }: Person,
  text: string,
  headers?: Record<string, string>,
): Promise<void> {
  const messages = await messagesOf(stage, key)
  if (messages.some((message) => message.kind === 'inbound' && message.text.startsWith(text.slice(0, 40)))) return
  const last = messages.findLast((message) => message.kind === 'reply')
  if (!last?.providerId) throw new Error('there is nothing to answer yet')
  const sent = await stage.outside.reply({
    messageId: last.providerId,
    from: email,
    fromName: name,
    text,
    ...(headers ? { headers } : {}),
  })
  if (sent.outcome !== 'accepted') throw new Error(`the desk did not take the answer: ${sent.response}`)
}

/** Answers our last mail, but writes a subject of its own above it. */
export async function answersUnderNewSubject(
  stage: Stage,
  key: string,
  { name, email }: Person,
  letter: { subject: string; text: string },
): Promise<void> {
  const messages = await messagesOf(stage, key)
  if (messages.some((message) => message.kind === 'inbound' && message.text.startsWith(letter.text.slice(0, 40))))
    return
  const last = messages.findLast((message) => message.kind === 'reply')
  if (!last?.providerId) throw new Error('there is nothing to answer yet')
  const sent = await stage.outside.send({
    ...letter,
    from: email,
    fromName: name,
    to: stage.supportAddress,
    inReplyTo: `<${last.providerId}>`,
  })
  if (sent.outcome !== 'accepted') throw new Error(`the desk did not take the answer: ${sent.response}`)
}

/** Presses a rating in the last mail that asks for one, and sends the form. */
export async function customerRates(stage: Stage, { email }: Person, score: number, comment?: string): Promise<void> {
  const mails = await stage.outside.received(email)
  const links = mails.flatMap(({ text }) => /\/rate\/[\w.~%-]+/.exec(text ?? '')?.[0] ?? [])
  const link = links.at(-1)
  if (!link) throw new Error(`${email} was not asked for a rating`)
  const form = new URLSearchParams({ score: String(score), ...(comment ? { comment } : {}) })
  const response = await fetch(`${stage.deskUrl}${link}`, { method: 'POST', body: form })
  if (!response.ok) throw new Error(`the rating was answered with ${response.status}`)
}
