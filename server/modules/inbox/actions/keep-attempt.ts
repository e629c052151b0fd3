import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import { domainOf } from '../rules/address.ts'
import { asksForLess, holdMs } from '../rules/recipient-pace.ts'
import { countRefusal, holdDomain, releaseDomains } from '../store/pacing.ts'
import type { DeliveryOutcome } from './record-delivery.ts'

/** Writes an attempt down and gives back the places it had in the pace of its domains; a mail that waits on keeps those it waits for. */
export async function keepAttempt(
  desk: Desk,
  { messageId, attempt }: { messageId: Id<'msg'>; attempt: number },
  outcome: DeliveryOutcome,
): Promise<void> {
  const answer = outcome.outcome === 'sent' ? sentWords(outcome) : outcome.reason
  await desk.connection.query({
    name: 'keep-attempt',
    text: `with gone as (delete from paced_deliveries where message_id = $1 and ($7 or worker is not null))
      insert into delivery_attempts (message_id, attempt, outcome, answer, recipients, at) values ($1, $2, $3, $4, $5, $6)
      on conflict (message_id, attempt) do update
        set outcome = excluded.outcome, answer = excluded.answer, recipients = excluded.recipients, at = excluded.at`,
    values: [
      uuidOf(messageId),
      attempt,
      outcome.outcome,
      answer.slice(0, 1000),
      outcome.recipients ?? [],
      desk.now().toString(),
      outcome.outcome !== 'retry' && !(outcome.outcome === 'sent' && outcome.refused.some(({ later }) => later)),
    ],
  })
}

function sentWords({ response, refused }: DeliveryOutcome & { outcome: 'sent' }): string {
  return [response, ...refused.map(({ address, reason }) => `${address}: ${reason}`)]
    .filter((line) => line !== '')
    .join('; ')
}

/** A domain that answers "too fast" is left alone for a while, longer each time; a mail it takes ends that. */
export async function learnPace(desk: Desk, outcome: DeliveryOutcome): Promise<void> {
  const slow = new Map<string, string>()
  if (outcome.outcome === 'retry' && outcome.answeredBy === 'recipient' && asksForLess(outcome.reason))
    for (const address of outcome.recipients ?? []) slow.set(domainOf(address), outcome.reason)
  if (outcome.outcome === 'sent')
    for (const { address, reason, later } of outcome.refused)
      if (later && outcome.recipients?.includes(address) && asksForLess(reason)) slow.set(domainOf(address), reason)
  for (const [domain, reason] of [...slow].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const refusals = await countRefusal(desk, domain, reason)
    await holdDomain(desk, domain, desk.now().add({ milliseconds: holdMs(refusals) }))
  }
  if (outcome.outcome !== 'sent' || !outcome.tried) return
  const free = outcome.tried.filter((domain) => !slow.has(domain))
  if (free.length > 0) await releaseDomains(desk, free)
}
