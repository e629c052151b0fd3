import { createTransport } from 'nodemailer'
import type { Composed } from './compose.ts'
import type { Outcome } from './mailbox.ts'

export type Deliver = (mail: Composed) => Promise<Outcome>

/** Hands one message to the desk's SMTP listener as any mail server would; an answer that refuses is an outcome, not an error. */
export function createDelivery(deskSmtp: { host: string; port: number }): Deliver {
  return async ({ raw, envelope }) => {
    const transport = createTransport({
      host: deskSmtp.host,
      port: deskSmtp.port,
      name: 'mx.world.test',
      // Mail servers encrypt when offered and do not insist on a certificate they can check.
      tls: { rejectUnauthorized: false },
      connectionTimeout: 10_000,
      socketTimeout: 60_000,
    })
    try {
      const info = await transport.sendMail({ raw, envelope })
      return { kind: 'accepted', line: info.response }
    } catch (error) {
      return failure(error, deskSmtp)
    } finally {
      transport.close()
    }
  }
}

function failure(error: unknown, { host, port }: { host: string; port: number }): Outcome {
  const { code, response, message } = error as { code?: string; response?: string; message?: string }
  if (response) return { kind: 'refused', line: response }
  if (code === 'ESOCKET' || code === 'ECONNECTION' || code === 'ECONNREFUSED')
    return { kind: 'failed', line: `The desk does not answer on ${host}:${port}: ${message}. Is it running?` }
  return { kind: 'failed', line: `The mail was not delivered: ${message ?? String(error)}.` }
}
