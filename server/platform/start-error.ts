/** Why the desk cannot start, in one sentence for the person who started it. Main prints the message alone, exits 1. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** What was being attempted, as far as it helps to name the variable to change. */
export interface StartContext {
  /** Ports asked for, by the variable that sets each. */
  ports?: Record<string, number>
  dataDir?: string
  databaseUrl?: string | undefined
}

interface SystemError {
  code?: string
  address?: string
  port?: number
  path?: string
  syscall?: string
  message: string
}

/** One sentence for the failures a person can mend (port taken, folder not writable, database unreachable or refusing
 * us), or undefined when the failure is ours and deserves its stack. */
export function explainStartFailure(error: unknown, context: StartContext): string | undefined {
  if (error instanceof StartError) return error.message
  for (const cause of causes(error)) {
    const sentence = explainListen(cause, context) ?? explainFolder(cause, context) ?? explainDatabase(cause, context)
    if (sentence) return sentence
  }
  return undefined
}

/** The error itself, what it wraps, and the members of an AggregateError (a refused host name tries each address). */
function causes(error: unknown): SystemError[] {
  const found: SystemError[] = []
  let queue: unknown[] = [error]
  while (queue.length > 0 && found.length < 20) {
    const [next, ...rest] = queue
    queue = rest
    if (!(next instanceof Error)) continue
    found.push(next)
    queue.push(next.cause, ...(next instanceof AggregateError ? next.errors : []))
  }
  return found
}

function explainListen(error: SystemError, { ports = {} }: StartContext): string | undefined {
  if (error.syscall !== 'listen') return undefined
  const variable = Object.keys(ports).find((name) => ports[name] === error.port)
  const what = variable ? `${variable}=${error.port}` : `Port ${error.port}`
  const another = variable ? `set ${variable} to another port` : 'choose another port'
  if (error.code === 'EADDRINUSE') return `${what} is already in use by another program; stop it or ${another}.`
  if (error.code === 'EACCES') return `${what} may not be opened by this user; ${another} above 1023.`
  if (error.code === 'EADDRNOTAVAIL') return `HOST=${error.address} is not an address of this machine.`
  return undefined
}

const folderReasons: Record<string, string> = {
  EACCES: 'may not be written by this user',
  EPERM: 'may not be written by this user',
  EROFS: 'is on a read-only disk',
  ENOSPC: 'is on a full disk',
  ENOTDIR: 'is not a folder',
  EEXIST: 'is not a folder',
  ENOENT: 'cannot be made',
}

function explainFolder(error: SystemError, { dataDir }: StartContext): string | undefined {
  const reason = folderReasons[error.code ?? '']
  if (!reason || !dataDir || !error.path || !isRelated(error.path, dataDir)) return undefined
  return `The data folder ${dataDir} ${reason}; set DATA_DIR to a folder that this user can write.`
}

/** A failure inside the data folder, or on the way to it while it was being made. */
function isRelated(path: string, dataDir: string): boolean {
  return path === dataDir || path.startsWith(`${dataDir}/`) || dataDir.startsWith(`${path}/`)
}

const databaseReasons: Record<string, string> = {
  ECONNREFUSED: 'nothing answers there',
  ECONNRESET: 'the server closed the connection',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its host name cannot be looked up',
  ETIMEDOUT: 'the server does not answer',
  EHOSTUNREACH: 'its host cannot be reached',
  ENETUNREACH: 'its network cannot be reached',
  '28P01': 'the server refuses this user or password',
  '28000': 'the server refuses this user',
  '3D000': 'there is no such database',
  '42501': 'this user may not do what the desk needs there',
  '53300': 'the server has no connection left',
  '57P03': 'the server is still starting up',
}

function explainDatabase(error: SystemError, { databaseUrl }: StartContext): string | undefined {
  if (!databaseUrl) return undefined
  const reason = databaseReasons[error.code ?? ''] ?? timeoutReason(error)
  return reason && `DATABASE_URL (${withoutPassword(databaseUrl)}) cannot be used: ${reason}.`
}

function timeoutReason({ message }: SystemError): string | undefined {
  if (/timeout expired|connection timeout/i.test(message)) return 'the server does not answer'
  if (/SSL|certificate/i.test(message)) return `no secure connection could be made (${message})`
  return undefined
}

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  return `${url.hostname}:${url.port || '5432'}${url.pathname}`
}
