import { UpstreamError } from '#platform/errors.ts'

type Failure = Error & {
  code?: string
  authenticationFailed?: boolean
  responseText?: string
  responseStatus?: string
}

type Place = { host: string; port: number }

const byCode: Record<string, (place: Place) => string> = {
  ECONNREFUSED: ({ host, port }) => `Nothing answers at ${host} on port ${port}.`,
  ENOTFOUND: ({ host }) => `There is no server named ${host}.`,
  EAI_AGAIN: ({ host }) => `The name ${host} could not be looked up just now.`,
  ETIMEDOUT: ({ host, port }) => `${host} did not answer on port ${port} in time.`,
  EHOSTUNREACH: ({ host }) => `There is no way to ${host} from here.`,
  ENETUNREACH: ({ host }) => `There is no way to ${host} from here.`,
  CONNECT_TIMEOUT: ({ host, port }) => `${host} did not answer on port ${port} in time.`,
  GREETING_TIMEOUT: ({ host, port }) => `${host} took the call on port ${port} but said nothing: is it an IMAP port?`,
  UPGRADE_TIMEOUT: ({ host }) => `${host} did not finish the change to TLS.`,
  EConnectionClosed: ({ host }) => `${host} broke the connection off.`,
  NoConnection: ({ host }) => `${host} broke the connection off.`,
  ECONNRESET: ({ host }) => `${host} broke the connection off.`,
  EPIPE: ({ host }) => `${host} broke the connection off.`,
  ETIMEOUT: ({ host }) => `${host} fell silent.`,
  LiteralTooLarge: ({ host }) => `${host} sent a mail that is larger than it had said.`,
  ETHROTTLE: ({ host }) => `${host} asks to be called less often.`,
}

/** What went wrong with a mailbox server, in a sentence for the person who set it up. */
export function upstreamOf(error: unknown, place: Place): UpstreamError {
  if (error instanceof UpstreamError) return error
  const failure = error as Failure
  const said = clean(failure.responseText)
  if (failure.authenticationFailed)
    return new UpstreamError(
      `${place.host} refused the sign-in${said ? `: ${said}` : '.'} Check the user name and the password or token.`,
      { retryable: false, cause: error },
    )
  return new UpstreamError(wordsOf(failure, place, said), { retryable: true, cause: error })
}

function wordsOf(failure: Failure, place: Place, said: string): string {
  const { code = '', message } = failure
  if (/^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS)/.test(code))
    return `The certificate of ${place.host} could not be trusted (${clean(message)}).`
  if (/wrong version number|packet length too long|EPROTO|ERR_SSL/i.test(`${code} ${message}`))
    return `${place.host} does not speak TLS from the start on port ${place.port}: choose STARTTLS, or port 993.`
  if (/starttls/i.test(message)) return `${place.host} does not offer STARTTLS on port ${place.port}.`
  const known = byCode[code]
  if (known) return known(place)
  return said ? `${place.host} answered: ${said}` : `${place.host} could not be read: ${clean(message)}`
}

function clean(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim().slice(0, 300)
}
