import type { SmtpError } from './session.ts'
import type { SmtpTarget } from './target.ts'

/** What went wrong, for a person: the server's own line where there is one. */
export function wordsOf(error: SmtpError, target?: SmtpTarget): string {
  const line = (error.response ?? error.message).replace(/\s+/g, ' ').trim().slice(0, 500)
  const unreached = target && reach(error)
  if (unreached) return unreached.replace('{host}', target.host).replace('{port}', String(target.port))
  const what = target && protection(error)
  return what ? `${what.replace('{host}', target.host)} ${line}`.slice(0, 500) : line
}

const notReached: [RegExp, string][] = [
  [/ECONNREFUSED/, 'Nothing answers at {host} on port {port}.'],
  [/ENOTFOUND/, 'There is no server named {host}.'],
  [/EAI_AGAIN/, 'The name {host} could not be looked up just now.'],
  [/EHOSTUNREACH|ENETUNREACH/, 'There is no way to {host} from here.'],
]

/** Why the server could not even be spoken to, where its own words are only a code. */
function reach({ code, originalCode, message, response }: SmtpError): string | null {
  if (response) return null
  const said = `${code ?? ''} ${originalCode ?? ''} ${message}`
  return notReached.find(([what]) => what.test(said))?.[1] ?? null
}

/** Whether the desk's own mail server is the trouble, rather than the letter or its recipient. */
export function isOurTrouble({ code, command }: SmtpError): boolean {
  return code === 'EAUTH' || code === 'ETLS' || command === 'CONN' || command === 'EHLO' || command === 'STARTTLS'
}

function protection(error: SmtpError): string | null {
  if (error.code === 'EAUTH') return '{host} refuses the user name or password:'
  if (/certificate|altname|self.signed|CERT_/i.test(`${error.originalCode ?? ''} ${error.message}`))
    return 'The certificate of {host} could not be verified, and this sender insists on it:'
  if (error.code !== 'ETLS') return null
  return error.response
    ? '{host} offers no encryption (STARTTLS), and this sender insists on it:'
    : 'The connection to {host} could not be encrypted:'
}
