import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { createClock } from '../clock.ts'
import { answerError } from '../control-error.ts'
import { openStore } from '../store.ts'
import { createMailEmulator } from './emulator.ts'

type Arrived = { from: string; to: string[]; raw: string }

/** An SMTP listener in the desk's place that keeps what arrives and refuses `nobody@…`. */
export async function startDesk() {
  const arrived: Arrived[] = []
  const server = new SMTPServer({
    logger: false,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _session, done) {
      const refused = Object.assign(new Error('5.1.1 No such mailbox'), { responseCode: 550 })
      done(address.startsWith('nobody@') ? refused : null)
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        arrived.push({ from, to: envelope.rcptTo.map((one) => one.address), raw: Buffer.concat(chunks).toString() })
        done(null, '2.0.0 OK queued')
      })
    },
  })
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  return {
    arrived,
    port: (listening.address() as AddressInfo).port,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** The mail world alone, over real HTTP and SMTP, with a desk to write to. */
export async function startMailWorld(file?: string) {
  const store = openStore(file)
  const clock = createClock()
  const desk = await startDesk()
  const mail = createMailEmulator({ store, clock, deskSmtp: { host: '127.0.0.1', port: desk.port } })
  const app = Fastify()
  app.setErrorHandler(answerError)
  await app.register(mail.control, { prefix: '/control/mail' })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const smtpPort = await mail.smtp.listen(0)

  const call = async <T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> => {
    const response = await fetch(`${url}/control/mail${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as T }
  }
  return {
    clock,
    desk,
    smtpPort,
    call,
    /** Writes to people of the world as the desk does; resolves with the server's last line or the error's words. */
    async deliver(mail: { to: string; messageId?: string; subject?: string; from?: string }, socketTimeout = 2000) {
      const transport = createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true, socketTimeout })
      try {
        const { from = 'support@desk.test', subject = 'Your question' } = mail
        return (await transport.sendMail({ from, subject, text: 'Hello', ...mail })).response
      } catch (error) {
        return (error as Error).message
      } finally {
        transport.close()
      }
    },
    async stop() {
      await mail.smtp.stop()
      await app.close()
      await desk.stop()
      store.close()
    },
  }
}
