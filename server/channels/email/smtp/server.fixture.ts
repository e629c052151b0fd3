import type { AddressInfo, Socket } from 'node:net'
import { generate } from 'selfsigned'
import { SMTPServer } from 'smtp-server'

export type FakeServer = Awaited<ReturnType<typeof startFakeServer>>

type Behaviour = {
  /** Offers STARTTLS with a certificate nobody signed. */
  tls?: boolean
  user?: { user: string; pass: string }
  /** Decides about a mail by its recipient; throws what is to be answered, or never answers. */
  take?(to: string): Promise<void> | void
}

/** An SMTP server that counts its connections and can be told how to behave. */
export async function startFakeServer(behaviour: Behaviour = {}) {
  const taken: { to: string[]; from: string; raw: string }[] = []
  const open = new Set<string>()
  const counts = { connections: 0, atOnce: 0 }
  const made = behaviour.tls ? await generate([{ name: 'commonName', value: 'mail.test' }], { keySize: 2048 }) : null
  const server = new SMTPServer({
    logger: false,
    disabledCommands: [...(behaviour.tls ? [] : ['STARTTLS']), ...(behaviour.user ? [] : ['AUTH'])],
    ...(made ? { key: made.private, cert: made.cert } : {}),
    authOptional: behaviour.user === undefined,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 10,
    onConnect(session, done) {
      counts.connections += 1
      open.add(session.id)
      counts.atOnce = Math.max(counts.atOnce, open.size)
      done()
    },
    onClose: (session) => void open.delete(session.id),
    onAuth({ username, password }, _session, done) {
      if (username === behaviour.user?.user && password === behaviour.user?.pass) done(null, { user: username })
      else done(Object.assign(new Error('5.7.8 Wrong password'), { responseCode: 535 }))
    },
    onRcptTo({ address }, _session, done) {
      if (address.startsWith('nobody@'))
        return done(Object.assign(new Error('5.1.1 No such user'), { responseCode: 550 }))
      done()
    },
    onData(stream, session, done) {
      void (async () => {
        const to = session.envelope.rcptTo.map(({ address }) => address)
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
        try {
          const chunks: Buffer[] = []
          for await (const chunk of stream) chunks.push(chunk as Buffer)
          await behaviour.take?.(to[0] ?? '')
          taken.push({ to, from, raw: Buffer.concat(chunks).toString() })
          done(null, '2.0.0 Taken')
        } catch (error) {
          done(error as Error)
        }
      })()
    },
  })
  server.on('error', () => {})
  const sockets = new Set<Socket>()
  server.server.on('connection', (socket: Socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    port,
    taken,
    counts,
    /** Cuts every connection that is open. */
    cut: () => {
      for (const socket of sockets) socket.destroy()
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
