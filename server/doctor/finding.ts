export type Level = 'ok' | 'warning' | 'problem'

/** One thing that was looked at: what was found and, unless it is well, what to do. */
export type Finding = {
  /** What was looked at, such as `dns.spf`; stable, for programs. */
  check: string
  /** The mailbox, domain or server it is about. */
  about: string
  level: Level
  found: string
  todo: string | null
}

export function ok(check: string, about: string, found: string): Finding {
  return { check, about, level: 'ok', found, todo: null }
}

export function warning(check: string, about: string, found: string, todo: string): Finding {
  return { check, about, level: 'warning', found, todo }
}

export function problem(check: string, about: string, found: string, todo: string): Finding {
  return { check, about, level: 'problem', found, todo }
}
