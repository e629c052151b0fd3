import { createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export type ScriptedMail = { uid: number; raw: string; size?: number; arrivedAt?: string }

export type ScriptedFolder = {
  uidValidity: number
  uidNext: number
  /** The numbers of its mails, ascending. */
  uids: number[]
  /** Made when it is asked for. */
  mail(uid: number): ScriptedMail
  /** Announced by EXISTS; as many as there are unless said. */
  announced?: number
  /** Not listed by SEARCH. */
  unlisted?: Set<number>
  /** Listed, and left out of every answer to FETCH. */
  withheld?: Set<number>
  /** The connection breaks when the body is asked for. */
  deadly?: Set<number>
}

export type ScriptedServer = {
  host: string
  port: number
  user: string
  password: string
  folders: Map<string, ScriptedFolder>
  /** Commands that came, without their tags. */
  commands: string[]
  /** Mails whose bodies were handed out. */
  fetched: number[]
  faults: {
    /** Breaks the connection instead of answering the n-th command from now, once. */
    cutAtCommand?: number
    /** Breaks it in the middle of the answer to the n-th command. */
    cutWithin?: number
    /** Answers nothing any more. */
    isSilent?: boolean
    hasIdle?: boolean
  }
  /** Tells every connection that waits in this folder that there is a new mail. */
  append(folder: string, raw: string): void
  connections(): number
  stop(): Promise<void>
}

/**
 * Enough of an IMAP server to be read from, that does on request what real ones do on bad days. It shares no code with the
 * desk; what it says is what RFC 3501 says.
 */
export function startScriptedServer(folders: Record<string, ScriptedFolder>): Promise<ScriptedServer> {
  const sockets = new Map<Socket, { folder?: string; isIdle?: string }>()
  const made = new Map(Object.entries(folders))
  const server = createServer((socket) => {
    const state: { folder?: string; isIdle?: string } = {}
    sockets.set(socket, state)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    socket.setNoDelay(true)
    socket.write('* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n')
    let text = ''
    let queue = Promise.resolve()
    socket.on('data', (data) => {
      text += data.toString('latin1')
      for (let end = text.indexOf('\r\n'); end !== -1; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end)
        text = text.slice(end + 2)
        queue = queue.then(() => answer(socket, state, line))
      }
    })
  })
  const scripted: ScriptedServer = {
    host: '127.0.0.1',
    port: 0,
    user: 'support@desk.test',
    password: 'a password',
    folders: made,
    commands: [],
    fetched: [],
    faults: {},
    append(name, raw) {
      const folder = made.get(name)
      if (!folder) throw new Error(`there is no folder ${name}`)
      const { uidNext: uid, mail } = folder
      folder.uids.push(uid)
      folder.uidNext += 1
      folder.mail = (other) => (other === uid ? { uid, raw } : mail(other))
      for (const [socket, state] of sockets)
        if (state.isIdle && state.folder === name && !scripted.faults.isSilent)
          socket.write(`* ${folder.uids.length} EXISTS\r\n`)
    },
    connections: () => sockets.size,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets.keys()) socket.destroy()
        server.close(() => resolve())
      }),
  }

  async function answer(socket: Socket, state: { folder?: string; isIdle?: string }, line: string): Promise<void> {
    const { faults } = scripted
    if (faults.isSilent || socket.destroyed) return
    if (state.isIdle) {
      socket.write(`${state.isIdle} OK done\r\n`)
      delete state.isIdle
      return
    }
    const [, tag = '', command = ''] = /^(\S+) (.*)$/.exec(line) ?? []
    scripted.commands.push(command)
    if (faults.cutAtCommand !== undefined && --faults.cutAtCommand < 0) {
      delete faults.cutAtCommand
      socket.destroy()
      return
    }
    const isCutWithin = faults.cutWithin !== undefined && --faults.cutWithin < 0
    if (isCutWithin) delete faults.cutWithin
    for await (const part of answersTo(command, tag, state)) {
      if (part === null) {
        socket.destroy()
        return
      }
      if (isCutWithin) {
        socket.end(part.slice(0, Math.ceil(part.length / 2)), 'latin1')
        return
      }
      if (!socket.write(part, 'latin1'))
        await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), sleep(20_000)])
    }
  }

  /** The lines of an answer; null breaks the connection. */
  async function* answersTo(
    command: string,
    tag: string,
    state: { folder?: string; isIdle?: string },
  ): AsyncGenerator<string | null> {
    const words = command.toUpperCase()
    const ok = `${tag} OK done\r\n`
    if (words.startsWith('CAPABILITY')) {
      yield `* CAPABILITY IMAP4rev1${scripted.faults.hasIdle === false ? '' : ' IDLE'}\r\n${ok}`
    } else if (words.startsWith('LOGIN')) {
      const isRight = command.includes(scripted.password)
      const idle = scripted.faults.hasIdle === false ? '' : ' IDLE'
      yield isRight ? `${tag} OK [CAPABILITY IMAP4rev1${idle}] in\r\n` : `${tag} NO [AUTHENTICATIONFAILED] wrong\r\n`
    } else if (words === 'LIST "" ""') {
      yield `* LIST (\\Noselect) "/" ""\r\n${ok}`
    } else if (words.startsWith('LIST')) {
      for (const name of made.keys()) yield `* LIST (${name === 'Sent' ? '\\Sent' : ''}) "/" "${name}"\r\n`
      yield ok
    } else if (words.startsWith('LSUB') || words.startsWith('NOOP') || words.startsWith('NAMESPACE')) {
      yield ok
    } else if (words.startsWith('STATUS')) {
      const folder = made.get(/"?([^" ]+)"?/.exec(command.slice(7))?.[1] ?? '')
      yield `* STATUS x (MESSAGES ${folder?.uids.length ?? 0})\r\n${ok}`
    } else if (words.startsWith('EXAMINE')) {
      const name = /"?([^" ]+)"?/.exec(command.slice(8))?.[1] ?? ''
      const folder = made.get(name)
      if (!folder) {
        yield `${tag} NO there is no such folder\r\n`
        return
      }
      state.folder = name
      yield `* FLAGS (\\Seen)\r\n* ${folder.announced ?? folder.uids.length} EXISTS\r\n* 0 RECENT\r\n`
      yield `* OK [UIDVALIDITY ${folder.uidValidity}] v\r\n* OK [UIDNEXT ${folder.uidNext}] n\r\n`
      yield `${tag} OK [READ-ONLY] done\r\n`
    } else if (words.startsWith('UID SEARCH')) {
      const folder = made.get(state.folder ?? '')
      const inSet = setOf(/UID (\S+)/i.exec(command.slice(10))?.[1] ?? '1:*', folder?.uids.at(-1) ?? 0)
      const found = folder?.uids.filter((uid) => inSet(uid) && !folder.unlisted?.has(uid)) ?? []
      yield `* SEARCH${found.map((uid) => ` ${uid}`).join('')}\r\n${ok}`
    } else if (words.startsWith('UID FETCH')) {
      yield* fetchAnswers(command, state)
      yield ok
    } else if (words.startsWith('IDLE')) {
      state.isIdle = tag
      yield '+ idling\r\n'
    } else if (words.startsWith('LOGOUT')) {
      yield `* BYE\r\n${ok}`
      yield null
    } else yield `${tag} BAD unknown\r\n`
  }

  async function* fetchAnswers(command: string, state: { folder?: string }): AsyncGenerator<string | null> {
    const folder = made.get(state.folder ?? '')
    if (!folder) return
    const inSet = setOf(command.split(' ')[2] ?? '', folder.uids.at(-1) ?? 0)
    const wantsBody = /BODY\.PEEK\[\]/i.test(command)
    for (const [index, uid] of folder.uids.entries()) {
      if (!inSet(uid) || (folder.withheld?.has(uid) && wantsBody)) continue
      if (wantsBody && folder.deadly?.has(uid)) yield null
      const { raw, size, arrivedAt } = folder.mail(uid)
      const head = headOf(raw)
      const parts = [`UID ${uid}`]
      if (/RFC822\.SIZE/i.test(command)) parts.push(`RFC822.SIZE ${size ?? raw.length}`)
      if (/INTERNALDATE/i.test(command)) parts.push(`INTERNALDATE "${arrivedAt ?? '02-Nov-2026 08:00:00 +0000'}"`)
      if (/HEADER\.FIELDS/i.test(command))
        parts.push(`BODY[HEADER.FIELDS (MESSAGE-ID IN-REPLY-TO REFERENCES)] {${head.length}}\r\n${head}`)
      if (wantsBody) {
        scripted.fetched.push(uid)
        parts.push(`BODY[] {${raw.length}}\r\n${raw}`)
      }
      yield `* ${index + 1} FETCH (${parts.join(' ')})\r\n`
    }
  }

  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      scripted.port = typeof address === 'object' && address ? address.port : 0
      resolve(scripted)
    })
  })
}

function headOf(raw: string): string {
  const head = raw.slice(0, Math.max(0, raw.indexOf('\r\n\r\n')))
  const wanted = head.split('\r\n').filter((line) => /^(message-id|in-reply-to|references):/i.test(line))
  return `${wanted.join('\r\n')}${wanted.length > 0 ? '\r\n' : ''}\r\n`
}

/** Whether a number is in a set as IMAP writes it: `1,3:5,7:*`. */
function setOf(text: string, last: number): (uid: number) => boolean {
  const ranges = text.split(',').map((range) => {
    const [from = '1', to = from] = range.split(':')
    const ends = [from, to].map((end) => (end === '*' ? last : Number(end)))
    return [Math.min(...ends), Math.max(...ends)] as const
  })
  return (uid) => ranges.some(([from, to]) => uid >= from && uid <= to)
}

/** A folder with these mails, numbered from 1. */
export function folderOf(mails: readonly string[], uidValidity = 1): ScriptedFolder {
  return {
    uidValidity,
    uidNext: mails.length + 1,
    uids: mails.map((_, index) => index + 1),
    mail: (uid) => ({ uid, raw: mails[uid - 1] ?? '' }),
  }
}
