import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import type { Logger } from '#platform/log.ts'

export type IncomingMail = {
  raw: Buffer
  envelope: { from: string; to: string[]; ip: string | null; helo: string | null }
}

export type ListenerOptions = {
  host: string
  port: number
  /** PEM; STARTTLS is offered with it. */
  tls: { key: string; cert: string }
  maxBytes: number
  /** Whether an address is one of ours. */
  accepts(address: string): Promise<boolean>
  /** Resolves once the mail is committed; only then does the sender hear 250. */
  receive(mail: IncomingMail): Promise<void>
  log: Logger
}

/** An SMTP server that answers 250 only for what has been committed. */
export function startSmtpListener(options: ListenerOptions): Promise<{ port: number; stop(): Promise<void> }> {
  const server = new SMTPServer({
    name: 'mainstay',
    banner: 'Mainstay',
    size: options.maxBytes,
    key: options.tls.key,
    cert: options.tls.cert,
    authOptional: true,
    disabledCommands: ['AUTH'],
    hidePIPELINING: false,
    socketTimeout: 120_000,
    closeTimeout: 5000,
    maxClients: 200,
    logger: false,
    onRcptTo: (address, _session, callback) => {
      void acceptRecipient(options, address.address, callback)
    },
    onData: (stream, session, callback) => {
      void takeData(options, stream, session, callback)
    },
  })
  server.on('error', (error) => options.log.debug({ error: error.message }, 'an incoming mail connection broke'))
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => {
      server.removeListener('error', reject)
      const address = server.server.address()
      resolve({
        port: typeof address === 'object' && address ? address.port : options.port,
        stop: () => new Promise((done) => server.close(() => done())),
      })
    })
  })
}

type Answer = (error?: Error | null, message?: string) => void

async function acceptRecipient(options: ListenerOptions, address: string, answer: Answer): Promise<void> {
  try {
    if (await options.accepts(address)) answer()
    else answer(reply(550, `5.1.1 No mailbox here has the address ${address.slice(0, 200)}`))
  } catch (error) {
    options.log.warn({ error: (error as Error).message }, 'a recipient could not be checked')
    answer(reply(451, '4.3.0 Not now, please try again'))
  }
}

async function takeData(
  options: ListenerOptions,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  answer: Answer,
): Promise<void> {
  try {
    const raw = await collect(stream, options.maxBytes)
    if (!raw) {
      answer(reply(552, `5.3.4 The mail is larger than ${options.maxBytes} bytes`))
      return
    }
    const { mailFrom, rcptTo } = session.envelope
    await options.receive({
      raw,
      envelope: {
        from: mailFrom ? mailFrom.address : '',
        to: rcptTo.map((recipient) => recipient.address),
        ip: session.remoteAddress || null,
        helo: session.hostNameAppearsAs || null,
      },
    })
    answer(null, '2.0.0 Committed')
  } catch (error) {
    // Nothing is committed: the sender keeps the mail and comes again.
    options.log.error({ error }, 'a mail could not be taken')
    answer(reply(451, '4.3.0 Could not be stored, please try again'))
  }
}

/** All bytes, or undefined when there are more than allowed; the rest is then read and dropped, so that the answer is heard. */
async function collect(stream: SMTPServerDataStream, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= maxBytes) chunks.push(chunk)
    else chunks.length = 0
  }
  return size <= maxBytes && !stream.sizeExceeded ? Buffer.concat(chunks) : undefined
}

function reply(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code })
}
