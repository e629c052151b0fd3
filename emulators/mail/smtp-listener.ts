import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import { meets, type MailFault, type MailFaults } from './faults.ts'
import type { Mailbox, StoredMail } from './mailbox.ts'

const sizeLimit = 64 * 1024 * 1024
/** Long enough that a sender always gives up first: a hang must be ended by the desk's own time limit. */
const idleLimitMs = 3_600_000

type Options = {
  mailbox: Mailbox
  faults: MailFaults
  /** Called after a message was accepted whose recipients are to be returned to the sender. */
  onBounce: (mail: StoredMail, recipients: string[]) => void
}

/** Stands for every mail server of the world: any recipient is known, unless a fault says otherwise. */
export function createSmtpListener({ mailbox, faults, onBounce }: Options) {
  const sockets = new Map<number, Socket>()

  const smtp = new SMTPServer({
    logger: false,
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    size: sizeLimit,
    socketTimeout: idleLimitMs,
    disableReverseLookup: true,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anyone' }),
    onRcptTo({ address }, _session, done) {
      const fault = faults.take('recipient', [address])
      if (!fault) return done()
      if (fault.kind === 'refuse_recipient') return done(refusal(550, `5.1.1 <${address}>: no such user here`))
      if (fault.kind === 'greylist') return done(refusal(451, '4.7.1 Greylisted, please try again later'))
      if (fault.kind === 'rate_limit') return done(refusal(450, '4.7.28 Too many messages from you, slow down'))
      // hang_before_dot: the recipient is never answered, so the sender cannot get as far as the message.
    },
    onData(stream, session, done) {
      void collect(stream).then((raw) => accept(raw, session, done), done)
    },
  })
  // Without a listener a client that breaks off would end the process.
  smtp.on('error', () => {})

  async function accept(raw: Buffer, session: SMTPServerSession, done: (error?: Error | null, line?: string) => void) {
    const to = session.envelope.rcptTo.map(({ address }) => address)
    const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
    const fault = faults.take('message', to)
    const keep = (outcome: StoredMail['outcome']) =>
      mailbox.keep({ direction: 'received', envelope: { from, to }, raw, outcome })

    if (fault?.kind === 'refuse_message') return done(refusal(554, '5.7.1 Message refused as spam'))
    if (fault?.kind === 'hang_after_dot') {
      keep({ kind: 'unanswered', line: 'Received; the answer was never sent (hang after the dot).' })
      return
    }
    if (fault?.kind === 'drop_after_dot') {
      keep({ kind: 'unanswered', line: 'Received; the connection was cut before the answer (drop after the dot).' })
      sockets.get(session.remotePort)?.resetAndDestroy()
      return
    }
    const bounced = fault?.kind === 'bounce' ? to.filter((address) => meets(fault, [address])) : []
    const mail = keep(
      bounced.length > 0
        ? { kind: 'bounced', line: `Accepted, then returned to the sender for ${bounced.join(', ')}.` }
        : { kind: 'accepted', line: '250 2.0.0 OK' },
    )
    if (fault?.kind === 'slow') await wait(fault.delayMs)
    done(null, `2.0.0 OK ${mail.id}`)
    if (bounced.length > 0) onBounce(mail, bounced)
  }

  // In front of the SMTP server, because a refused connection must not even see a greeting.
  const server = createServer((socket) => {
    const refused: MailFault | undefined = faults.take('connect', [])
    if (refused) {
      socket.resetAndDestroy()
      return
    }
    const port = socket.remotePort ?? 0
    sockets.set(port, socket)
    socket.once('close', () => sockets.delete(port))
    smtp.connect(socket)
  })

  return {
    async listen(port: number): Promise<number> {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
      return (server.address() as AddressInfo).port
    },
    async stop(): Promise<void> {
      if (!server.listening) return
      server.close()
      for (const socket of sockets.values()) socket.destroy()
      await once(server, 'close')
    },
  }
}

function refusal(responseCode: number, line: string): Error {
  return Object.assign(new Error(line), { responseCode })
}

async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
