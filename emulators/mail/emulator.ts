import type { FastifyPluginAsync } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Store } from '../store.ts'
import { composeBounce, mailerDaemon } from './bounce.ts'
import { compose, type Composed, type NewMail } from './compose.ts'
import { createDelivery } from './delivery.ts'
import { domainKey } from './domain-key.ts'
import { createMailFaults, type MailFaults } from './faults.ts'
import { createMailbox, type Mailbox, type StoredMail } from './mailbox.ts'
import { parseMail } from './parsed-mail.ts'
import { composeReply, type NewReply } from './reply.ts'
import { mailRoutes } from './routes.ts'
import { createSmtpListener } from './smtp-listener.ts'

export type MailWorld = {
  mailbox: Mailbox
  faults: MailFaults
  /** Composes and delivers a person's mail to the desk; what the desk answered is in the outcome of the kept mail. */
  send(mail: NewMail): Promise<StoredMail>
  reply(reply: NewReply, original: StoredMail): Promise<StoredMail>
  /** TXT records the desk's company publishes, beside those the world answers by itself. */
  dns: { plant(name: string, texts: string[]): void; planted(name: string): string[] | undefined }
  /** A record of the emulated DNS, so that SPF, DKIM and DMARC of the world's mail can be checked. */
  key(): ReturnType<typeof domainKey>
}

export type MailEmulator = {
  world: MailWorld
  /** Prefix /control/mail. */
  control: FastifyPluginAsync
  smtp: { listen(port: number): Promise<number>; stop(): Promise<void> }
}

type Options = { store: Store; clock: Clock; deskSmtp: { host: string; port: number } }

export function createMailEmulator({ store, clock, deskSmtp }: Options): MailEmulator {
  const mailbox = createMailbox({ store, clock })
  const faults = createMailFaults(store)
  const deliver = createDelivery(deskSmtp)
  const bounces = new Set<Promise<unknown>>()

  /** `owner` keeps the mail on their page; a spoofed mail belongs to the person it pretends to come from. */
  async function post(mail: Composed, owner: string, name?: string): Promise<StoredMail> {
    const outcome = await deliver(mail)
    const envelope = { ...mail.envelope, from: owner }
    return mailbox.keep({ direction: 'sent', envelope, raw: mail.raw, outcome, name })
  }
  const key = () => domainKey(store)
  const send = async (mail: NewMail) => post(await compose(mail, { clock, key: key() }), mail.from, mail.fromName)
  const world: MailWorld = {
    mailbox,
    faults,
    key,
    dns: {
      plant: (name, texts) =>
        texts.length > 0 ? store.put('mail.dns', dnsName(name), { texts }) : store.remove('mail.dns', dnsName(name)),
      planted: (name) => store.get<{ texts: string[] }>('mail.dns', dnsName(name))?.texts,
    },
    send,
    async reply(reply, original) {
      const mail = composeReply(reply, await parseMail(original))
      return send({ ...mail, fromName: mail.fromName ?? mailbox.nameOf(mail.from) })
    },
  }
  const listener = createSmtpListener({
    mailbox,
    faults,
    onBounce(mail, recipients) {
      // A message with the null sender is itself a notification: it is never returned.
      if (mail.envelope.from === '') return
      const bounce = post(composeBounce(mail, recipients, clock), mailerDaemon(recipients)).finally(() =>
        bounces.delete(bounce),
      )
      bounces.add(bounce)
    },
  })
  return {
    world,
    control: mailRoutes(world),
    smtp: {
      listen: listener.listen,
      async stop() {
        await listener.stop()
        await Promise.allSettled(bounces)
      },
    },
  }
}

function dnsName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}
