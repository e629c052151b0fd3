import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { untilDatabaseIsBack } from '#platform/database-away.ts'
import { failpoint } from '#platform/failpoints.ts'
import { isWorkerAlive } from '#platform/jobs/presence.ts'
import type { RefusedRecipient, Transmission } from '../ports.ts'
import { domainOf } from '../rules/address.ts'
import { claimDelivery, commitHandingOver, lockDelivery, setDelivery } from '../store/deliveries.ts'
import { composeDelivery } from './compose-delivery.ts'
import { enqueueDelivery } from './enqueue-delivery.ts'
import { recordDelivery, type DeliveryOutcome } from './record-delivery.ts'
import { takeTurn, type Turns } from './take-turn.ts'

type Attempt = { messageId: Id<'msg'>; attempt: number; worker: string }

/**
 * Makes one attempt to hand a queued mail to the next server and records what became of it. A mail that is found between
 * its dot and the answer is not sent: unless a live process is still at it, nobody knows, and it is said so.
 */
export async function deliver(desk: Desk, messageId: Id<'msg'>, worker: string): Promise<void> {
  const begun = await begin(desk, messageId, worker)
  if (begun.found === 'nothing') return
  const { attempt } = begun
  if (begun.found === 'handing_over') {
    if (begun.by && begun.by !== worker && (await isWorkerAlive(desk.connection, begun.by))) {
      await enqueueDelivery(desk, messageId, desk.now().add({ seconds: 30 }))
      return
    }
    await recordDelivery(desk, { messageId, attempt }, interrupted)
    return
  }
  const outcome = await handOver(desk, { messageId, attempt, worker }, begun)
  // The answer exists only in this process: it waits for the database rather than getting lost with it.
  await untilDatabaseIsBack(() => recordDelivery(desk, { messageId, attempt }, outcome))
}

export const interrupted: Transmission = {
  outcome: 'unknown',
  reason: 'The desk was interrupted after the mail went out and before the mail server answered.',
}

type Begun =
  | { found: 'nothing' }
  | { found: 'queued'; attempt: number; settled: string[]; turns: Turns }
  | { found: 'handing_over'; attempt: number; by: string | null }

function begin(desk: Desk, messageId: Id<'msg'>, worker: string): Promise<Begun> {
  return desk.transaction(async (tx) => {
    const delivery = await lockDelivery(tx, messageId)
    if (delivery?.state === 'handing_over')
      return { found: 'handing_over', attempt: delivery.attempts, by: delivery.worker }
    if (delivery?.state !== 'queued') return { found: 'nothing' }
    const settled = [...delivery.accepted, ...delivery.refused]
    const turns = await takeTurn(tx, messageId, settled, worker)
    const [first, ...others] = turns.held
    if (first && turns.go.length === 0) {
      const retryAt = others.reduce((at, one) => (Temporal.Instant.compare(one.at, at) < 0 ? one.at : at), first.at)
      await setDelivery(tx, messageId, 'queued', { error: first.words, retryAt })
      await enqueueDelivery(tx, messageId, retryAt)
      return { found: 'nothing' }
    }
    return { found: 'queued', attempt: await claimDelivery(tx, delivery, worker), settled, turns }
  })
}

async function handOver(
  desk: Desk,
  attempt: Attempt,
  { settled, turns }: { settled: readonly string[]; turns: Turns },
): Promise<DeliveryOutcome> {
  try {
    const mail = await composeDelivery(desk, attempt.messageId)
    const open = mail.recipients.filter((address) => !settled.includes(address))
    const held = open.flatMap((address) => {
      const turn = turns.held.find(({ domain }) => domain === domainOf(address))
      return turn ? [{ address, reason: turn.words, later: true }] : []
    })
    const recipients = open.filter((address) => !held.some((one) => one.address === address))
    if (recipients.length === 0) return { outcome: 'sent', response: '', refused: held, recipients }
    failpoint('outbox.before_connect')
    const outcome = await desk.ports.mail.transmit(
      mail.raw,
      { from: mail.from, to: recipients, server: mail.server },
      {
        async beforeDot() {
          failpoint('outbox.before_handing_over')
          await commitHandingOver(desk, attempt)
          failpoint('outbox.before_dot')
        },
        afterDot: () => failpoint('outbox.after_dot'),
      },
    )
    return { ...withHeld(outcome, recipients, held), recipients, tried: turns.tried }
  } catch (error) {
    // Whatever goes wrong here goes wrong before anything is handed over.
    return { outcome: 'retry', reason: `The mail could not be put together: ${(error as Error).message}` }
  }
}

/** What became of the recipients whose turn it was says nothing about those who still wait for theirs. */
function withHeld(outcome: Transmission, recipients: readonly string[], held: RefusedRecipient[]): Transmission {
  if (held.length === 0) return outcome
  if (outcome.outcome === 'sent') return { ...outcome, refused: [...outcome.refused, ...held] }
  if (outcome.outcome !== 'failed') return outcome
  const refused = recipients.map((address) => ({ address, reason: outcome.reason, later: false }))
  return { outcome: 'sent', response: outcome.reason, refused: [...refused, ...held] }
}
