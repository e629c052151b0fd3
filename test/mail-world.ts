import { startEmulators } from '../emulators/start.ts'
import { createMailPort } from '#server/channels/email/mail-port.ts'
import type { ReadingLimits } from '#server/channels/email/message/reading-threads.ts'
import { startSmtpListener } from '#server/channels/email/smtp-listener.ts'
import { createDesk, systemActor, type Desk } from '#server/desk.ts'
import { ensureMailbox, inboxJobs, mailboxesFor, receiveMail } from '#modules/inbox/index.ts'
import { ensureDefaults, inviteAgent } from '#modules/team/index.ts'
import { agentActor } from './agent-actor.ts'
import { createTestWorld, type TestWorld } from './build.ts'
import { generate } from 'selfsigned'

export const support = 'support@desk.test'

export type MailTestWorld = TestWorld & {
  /** A desk of an agent. */
  mia: Desk
  /** Control of the outside mail world, below /control/mail. */
  outside<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>
  outsideUrl: string
  smtpPort: number
  /** A person's mail, by SMTP; resolves to the desk's answer. */
  write(mail: object): Promise<{ accepted: boolean; response: string; messageId: string }>
  /** Raw bytes by SMTP. */
  writeRaw(raw: string, options?: { from?: string; to?: string }): Promise<string>
  arrived(messageId: string): Promise<number>
  drainInbox(): Promise<void>
}

/** A desk without processes that takes and sends mail by real SMTP, and the world it writes with. */
export async function createMailTestWorld(
  options: { answerTimeoutMs?: number; reading?: Partial<ReadingLimits>; maxBytes?: number } = {},
): Promise<MailTestWorld> {
  const certificate = await generate([{ name: 'commonName', value: 'desk.test' }], { keySize: 2048 })
  const deskSmtp = { host: '127.0.0.1', port: 0 }
  const emulators = await startEmulators({ port: 0, smtpPort: 0, deskSmtp, supportAddress: support })
  const outside = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${emulators.url}/control/mail${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    return (await answer.json()) as T
  }
  const t = await createTestWorld({
    mail: createMailPort({
      target: {
        host: '127.0.0.1',
        port: emulators.smtpPort,
        secure: false,
        answerTimeoutMs: options.answerTimeoutMs ?? 2500,
      },
      resolver: async (name, type) => {
        const { answers } = await outside<{ answers?: unknown }>('GET', `/dns?name=${name}&type=${type}`)
        if (!answers) throw Object.assign(new Error('none'), { code: 'ENOTFOUND' })
        return answers
      },
      reading: options.reading ?? {},
    }),
  })
  const system = () => createDesk(t.world, systemActor)
  await ensureDefaults(t.desk())
  await ensureMailbox(t.desk(), support, 'Desk Support')
  const { agentId } = await inviteAgent(t.desk(), { name: 'Mia', email: 'mia@desk.test', roles: ['lead'] })
  const listener = await startSmtpListener({
    host: '127.0.0.1',
    port: 0,
    tls: { key: certificate.private, cert: certificate.cert },
    maxBytes: options.maxBytes ?? 5 * 1024 * 1024,
    log: t.world.log,
    accepts: async (address) => (await mailboxesFor(system(), [address])).length > 0,
    receive: async ({ raw, envelope }) => {
      await receiveMail(system(), { raw, envelope, mailboxes: await mailboxesFor(system(), envelope.to) })
    },
  })
  deskSmtp.port = listener.port
  return {
    ...t,
    mia: t.desk(agentActor({ id: agentId, name: 'Mia', roles: ['lead'] })),
    outside,
    outsideUrl: emulators.url,
    smtpPort: listener.port,
    write: (mail) => outside('POST', '/send', { to: support, ...mail }),
    writeRaw: async (raw, { from = 'ann@customer.test', to = support } = {}) => {
      const { response } = await outside<{ response: string }>('POST', '/send', { from, to, raw })
      return response
    },
    arrived: async (messageId) => {
      const query = new URLSearchParams({ messageId })
      return (await outside<{ count: number }>('GET', `/received?${query}`)).count
    },
    drainInbox: () => t.drain(inboxJobs),
    async close() {
      await listener.stop()
      await emulators.stop()
      await t.close()
    },
  }
}
