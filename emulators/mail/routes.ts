import type { FastifyPluginAsync } from 'fastify'
import * as z from 'zod'
import { ControlError } from '../control-error.ts'
import { NewMail } from './compose.ts'
import { resolveRecord } from './dns.ts'
import type { MailWorld } from './emulator.ts'
import { NewMailFault } from './faults.ts'
import type { StoredMail } from './mailbox.ts'
import { attachmentOf, parseMail } from './parsed-mail.ts'
import { NewReply } from './reply.ts'

const ByAddress = z.object({ address: z.string() })
const ById = z.object({ id: z.string() })
const Attachment = z.object({ id: z.string(), index: z.coerce.number().int().min(0) })
const Listing = z.object({ direction: z.enum(['received', 'sent', 'all']).default('received') })
const Received = z.object({ messageId: z.string().min(1) })
const PlantedRecord = z.strictObject({ name: z.string().min(1).max(253), texts: z.array(z.string().max(4000)).max(10) })
const DnsQuery = z.object({ name: z.string().min(1), type: z.string().default('TXT') })

/** Everything a test, the demo or the world's page can ask of the mail servers of the world; prefix /control/mail. */
export function mailRoutes(world: MailWorld): FastifyPluginAsync {
  const { mailbox, faults } = world
  const stored = (id: string): StoredMail => {
    const mail = mailbox.find(id)
    if (!mail) throw new ControlError(404, 'not_found', `There is no stored message ${id}.`)
    return mail
  }
  return async (app) => {
    app.get('/mailboxes', async () => ({
      items: mailbox.people().map(({ lastAt, ...person }) => ({ ...person, lastAt: new Date(lastAt).toISOString() })),
    }))
    app.delete('/mailboxes', async () => {
      mailbox.clear()
      return { cleared: true }
    })
    app.get('/mailboxes/:address/messages', async (request) => {
      const { direction } = Listing.parse(request.query)
      const mails = mailbox.of(ByAddress.parse(request.params).address, direction)
      return { items: await Promise.all(mails.map(parseMail)) }
    })
    app.delete('/mailboxes/:address', async (request) => {
      mailbox.clear(ByAddress.parse(request.params).address)
      return { cleared: true }
    })

    app.get('/messages/:id', async (request) => parseMail(stored(ById.parse(request.params).id)))
    app.get('/messages/:id/raw', async (request, reply) => {
      const mail = stored(ById.parse(request.params).id)
      return reply
        .header('content-type', 'text/plain; charset=utf-8')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .send(Buffer.from(mail.base64, 'base64'))
    })
    app.get('/messages/:id/attachments/:index', async (request, reply) => {
      const { id, index } = Attachment.parse(request.params)
      const attachment = await attachmentOf(stored(id), index)
      if (!attachment) throw new ControlError(404, 'not_found', `Message ${id} has no attachment ${index}.`)
      const name = encodeURIComponent(attachment.filename ?? 'attachment')
      return reply
        .header('content-type', 'application/octet-stream')
        .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
        .send(attachment.content)
    })
    app.get('/received', async (request) => {
      const { messageId } = Received.parse(request.query)
      const mails = mailbox.byMessageId(messageId).filter((mail) => mail.direction === 'received')
      return {
        messageId,
        count: mails.length,
        items: mails.map(({ id, at, envelope, outcome }) => ({
          id,
          at: new Date(at).toISOString(),
          envelope,
          outcome,
        })),
      }
    })

    app.post('/send', async (request) => sent(await world.send(NewMail.parse(request.body))))
    app.post('/reply', async (request) => {
      const reply = NewReply.parse(request.body)
      return sent(await world.reply(reply, stored(reply.messageId)))
    })

    app.get('/faults', async () => ({ items: faults.list() }))
    app.post('/faults', async (request) => faults.add(NewMailFault.parse(request.body)))
    app.delete('/faults', async () => {
      faults.clear()
      return { items: [] }
    })
    app.delete('/faults/:id', async (request) => {
      const { id } = ById.parse(request.params)
      if (!faults.remove(id)) throw new ControlError(404, 'not_found', `There is no fault ${id}.`)
      return { items: faults.list() }
    })

    app.get('/dns', async (request) => {
      const { name, type } = DnsQuery.parse(request.query)
      const planted = type.toUpperCase() === 'TXT' ? world.dns.planted(name)?.map((text) => [text]) : undefined
      const answers = planted ?? resolveRecord(name, type.toUpperCase(), world.key())
      if (!answers) throw new ControlError(404, 'ENOTFOUND', `The world's DNS has no ${type} record for ${name}.`)
      return { name, type, answers }
    })
    app.put('/dns', async (request) => {
      const { name, texts } = PlantedRecord.parse(request.body)
      world.dns.plant(name, texts)
      return { name, texts }
    })
  }
}

/** What became of a mail to the desk: `accepted` with the desk's last line, or why not. */
function sent({ id, messageId, outcome }: StoredMail) {
  return { accepted: outcome.kind === 'accepted', response: outcome.line, outcome: outcome.kind, id, messageId }
}
