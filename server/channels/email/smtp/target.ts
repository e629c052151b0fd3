/**
 * How a connection must be protected. `opportunistic`: encrypted when the server offers it. `required`: encrypted, whoever
 * signed the certificate. `verified`: encrypted, with a certificate that holds for the server's name.
 */
export type TlsPolicy = 'opportunistic' | 'required' | 'verified'

export type SmtpTarget = {
  host: string
  port: number
  /** TLS from the first byte; otherwise STARTTLS. */
  secure: boolean
  /** `verified` for TLS from the first byte and `opportunistic` for STARTTLS, unless said. */
  tls?: TlsPolicy
  auth?: { user: string; pass: string }
  /** Waits for each answer this long before giving up. */
  answerTimeoutMs?: number
  connectTimeoutMs?: number
}

export function policyOf(target: SmtpTarget): TlsPolicy {
  return target.tls ?? (target.secure ? 'verified' : 'opportunistic')
}

/** An SMTP_URL as a target; `?tls=required` or `?tls=verified` says how STARTTLS is insisted on. */
export function parseSmtpUrl(text: string): SmtpTarget {
  const url = new URL(text)
  const secure = url.protocol === 'smtps:'
  const tls = url.searchParams.get('tls')
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    ...(tls === 'opportunistic' || tls === 'required' || tls === 'verified' ? { tls } : {}),
    ...(url.username
      ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
      : {}),
  }
}
