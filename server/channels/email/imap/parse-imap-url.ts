/** What an address such as `imaps://user:password@imap.example.com:993` says. `imap:` changes to TLS where it is offered. */
export function parseImapUrl(text: string): {
  host: string
  port: number
  security: 'tls' | 'offered'
  user: string
  password: string
} {
  const url = new URL(text)
  const isTls = url.protocol === 'imaps:'
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (isTls ? 993 : 143),
    security: isTls ? 'tls' : 'offered',
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  }
}
