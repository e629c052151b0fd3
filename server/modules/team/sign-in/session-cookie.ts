import { createHmac, timingSafeEqual } from 'node:crypto'

const names = ['__Secure-mainstay.session_token', 'mainstay.session_token']

/** The session token in a Cookie header, if its signature is ours: `token.HMAC-SHA256(token)`, as better-auth sets it. */
export function sessionTokenIn(header: string | undefined, secret: string): string | undefined {
  if (!header) return undefined
  const cookies = new Map(header.split(';').map(split))
  for (const name of names) {
    const token = verified(cookies.get(name), secret)
    if (token) return token
  }
  return undefined
}

function split(part: string): [string, string] {
  const at = part.indexOf('=')
  return [part.slice(0, at).trim(), part.slice(at + 1).trim()]
}

function verified(value: string | undefined, secret: string): string | undefined {
  if (!value || value.length > 400) return undefined
  const signed = decode(value)
  const dot = signed.lastIndexOf('.')
  if (dot < 1) return undefined
  const token = signed.slice(0, dot)
  const wanted = createHmac('sha256', secret).update(token).digest()
  const given = Buffer.from(signed.slice(dot + 1), 'base64')
  return wanted.length === given.length && timingSafeEqual(wanted, given) ? token : undefined
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return ''
  }
}
