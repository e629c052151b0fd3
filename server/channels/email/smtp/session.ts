import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { policyOf, type SmtpTarget } from './target.ts'

export type SmtpError = Error & {
  code?: string
  originalCode?: string
  responseCode?: number
  response?: string
  command?: string
}

export type Session = SMTPConnection

/** A connection that is open and signed in. Rejects with the server's own words where it has any. */
export async function openSession(target: SmtpTarget): Promise<Session> {
  const session = await connectSession(target)
  try {
    await signIn(session, target)
  } catch (error) {
    session.close()
    throw error
  }
  return session
}

/** Connected, greeted and encrypted as the policy wants it; not signed in yet. */
export async function connectSession(target: SmtpTarget): Promise<Session> {
  const policy = policyOf(target)
  const session = new SMTPConnection({
    host: target.host,
    port: target.port,
    secure: target.secure,
    requireTLS: !target.secure && policy !== 'opportunistic',
    connectionTimeout: target.connectTimeoutMs ?? 15_000,
    greetingTimeout: target.connectTimeoutMs ?? 15_000,
    socketTimeout: target.answerTimeoutMs ?? 60_000,
    // The emulated world and many a company's relay have certificates of their own.
    tls: { rejectUnauthorized: policy === 'verified' },
  })
  // What breaks when nobody waits for anything changes nothing.
  session.on('error', () => {})
  try {
    await step(session, (done) => session.connect(done))
  } catch (error) {
    session.close()
    throw error
  }
  return session
}

export async function signIn(session: Session, { auth }: SmtpTarget): Promise<void> {
  if (!auth) return
  await step(session, (done) => session.login({ credentials: auth }, done))
}

/**
 * One exchange with the server. A connection that breaks tells the connection and not always the exchange, so both are
 * listened to, and neither afterwards: a session lives for many exchanges.
 */
export function step<T>(
  session: Session,
  start: (done: (error?: Error | null, result?: T) => void) => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const settle = (error: Error | null | undefined, result?: T): void => {
      session.off('error', broke)
      session.off('end', ended)
      if (error) reject(error)
      else resolve(result as T)
    }
    const broke = (error: Error): void => settle(error)
    const ended = (): void => settle(new Error('The mail server closed the connection before it answered.'))
    session.once('error', broke)
    session.once('end', ended)
    start((error, result) => settle(error, result))
  })
}
