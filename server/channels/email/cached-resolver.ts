import type { DnsResolver } from './message/authenticate.ts'

const keptMs = 60_000
const mostKept = 5000

type Entry = { answer: Promise<unknown>; until: number }

/**
 * Remembers DNS answers for a minute, so that a burst of mail of one domain asks once. "There is no such record" is an
 * answer too; a failure to get one is forgotten at once.
 */
export function cachedResolver(resolve: DnsResolver): DnsResolver {
  const known = new Map<string, Entry>()
  return (name, type) => {
    const key = `${type} ${name.toLowerCase()}`
    const entry = known.get(key)
    if (entry && entry.until > performance.now()) return entry.answer
    const answer = resolve(name, type)
    known.delete(key)
    if (known.size >= mostKept) known.delete(known.keys().next().value ?? '')
    known.set(key, { answer, until: performance.now() + keptMs })
    answer.catch((error: { code?: string }) => {
      const isAnswer = error.code === 'ENOTFOUND' || error.code === 'ENODATA'
      if (!isAnswer && known.get(key)?.answer === answer) known.delete(key)
    })
    return answer
  }
}
