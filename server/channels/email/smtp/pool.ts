import { openSession, step, type Session } from './session.ts'
import type { SmtpTarget } from './target.ts'

export type SmtpPool = {
  /** A session for one mail. When too many are open it waits for one; rejects when none can be opened. */
  take(target: SmtpTarget): Promise<PooledSession>
  /** Closes what nobody uses, and the others as they are given back. */
  close(): void
}

export type PooledSession = {
  session: Session
  /** `fit`: the server has answered everything, so the next mail may follow on this connection. */
  giveBack(state: 'fit' | 'unfit'): void
}

export type PoolLimits = {
  /** Open at the same time to one server, as one user. */
  connections: number
  /** A connection is closed after so many mails. */
  mailsPerConnection: number
  /** A connection nobody uses is closed after this long; shorter than servers wait. */
  idleMs: number
}

const usual: PoolLimits = { connections: 10, mailsPerConnection: 100, idleMs: 10_000 }

type Idle = { session: Session; mails: number; timer: NodeJS.Timeout }
type Server = { open: number; idle: Idle[]; waiting: (() => void)[] }

/** Connections that are kept open between mails, so that a mail costs no greeting, encryption and sign-in of its own. */
export function createSmtpPool(limits: PoolLimits = usual): SmtpPool {
  const servers = new Map<string, Server>()
  let closed = false

  const serverOf = (target: SmtpTarget): Server => {
    const key = JSON.stringify(target)
    const server = servers.get(key) ?? { open: 0, idle: [], waiting: [] }
    servers.set(key, server)
    return server
  }

  function leave(server: Server): void {
    server.open -= 1
    server.waiting.shift()?.()
  }

  function discard(server: Server, { session, timer }: Idle): void {
    clearTimeout(timer)
    server.idle = server.idle.filter((one) => one.session !== session)
    session.quit()
    leave(server)
  }

  /** The connection that was used last, if it still answers. The others are the first to become too old. */
  async function reuse(server: Server): Promise<{ session: Session; mails: number } | null> {
    for (let idle = server.idle.pop(); idle; idle = server.idle.pop()) {
      const { session, mails, timer } = idle
      clearTimeout(timer)
      try {
        await step<boolean>(session, (done) => session.reset(done))
        return { session, mails }
      } catch {
        session.close()
        leave(server)
      }
    }
    return null
  }

  function keep(server: Server, session: Session, mails: number): void {
    const idle: Idle = { session, mails, timer: setTimeout(() => discard(server, idle), limits.idleMs).unref() }
    server.idle.push(idle)
    server.waiting.shift()?.()
  }

  return {
    async take(target) {
      const server = serverOf(target)
      let found = await reuse(server)
      while (!found && server.open >= limits.connections) {
        await new Promise<void>((resolve) => server.waiting.push(resolve))
        found = await reuse(server)
      }
      if (!found) {
        server.open += 1
        try {
          found = { session: await openSession(target), mails: 0 }
        } catch (error) {
          leave(server)
          throw error
        }
      }
      const { session, mails } = found
      let isBack = false
      return {
        session,
        giveBack(state) {
          if (isBack) return
          isBack = true
          const fit = state === 'fit' && !closed && mails + 1 < limits.mailsPerConnection && !session.destroyed
          if (fit) return keep(server, session, mails + 1)
          if (state === 'fit') session.quit()
          else session.close()
          leave(server)
        },
      }
    },
    close() {
      closed = true
      for (const server of servers.values()) for (const idle of server.idle) discard(server, idle)
    },
  }
}
