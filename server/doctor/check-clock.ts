import { ok, problem, warning, type Finding } from './finding.ts'

/** How far this machine's clock is from another, in words: signatures, certificates and due times depend on it. */
export function judgeClock(about: string, differenceMs: number): Finding {
  const seconds = Math.round(Math.abs(differenceMs) / 1000)
  const words = `This machine’s clock is ${seconds} s ${differenceMs > 0 ? 'ahead of' : 'behind'} it.`
  const todo = 'Let NTP keep the clocks of both.'
  if (seconds >= 60) return problem('clock', about, words, todo)
  if (seconds >= 5) return warning('clock', about, words, todo)
  return ok('clock', about, 'Its clock and this machine’s agree.')
}

/** The clock of the web server or proxy that answers at an address; nothing where none answers. */
export async function checkWebClock(url: string): Promise<Finding[]> {
  const before = Date.now()
  const answer = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(5000) }).catch(
    () => null,
  )
  const date = Date.parse(answer?.headers.get('date') ?? '')
  if (Number.isNaN(date)) return []
  // The header has whole seconds; half of one is the best guess.
  return [judgeClock(url, (before + Date.now()) / 2 - (date + 500))]
}
