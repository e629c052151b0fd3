import { pino, type Logger } from 'pino'

export type { Logger } from 'pino'

/** JSON lines on stderr, so that stdout stays for what a person starts the desk to read. */
export function createLog(level: string): Logger {
  return pino({ level, base: undefined }, pino.destination({ fd: 2, sync: true }))
}
