import * as z from 'zod'
import type { Done, World } from './world.ts'

/** What the cardholder's bank does on its own. */
export async function openDispute(world: World, input: unknown): Promise<Done> {
  const { charge } = z.object({ charge: z.string() }).parse(input)
  await world.control('POST', '/stripe/disputes', { charge, reason: 'fraudulent' })
  return { ok: true, message: 'The cardholder has disputed the charge.' }
}

export async function closeDispute(world: World, input: unknown): Promise<Done> {
  const { dispute, outcome } = z.object({ dispute: z.string(), outcome: z.enum(['won', 'lost']) }).parse(input)
  await world.control('POST', `/stripe/disputes/${encodeURIComponent(dispute)}/resolve`, { outcome })
  return { ok: true, message: outcome === 'won' ? 'The company won the dispute.' : 'The company lost the dispute.' }
}

export async function failRefund(world: World, input: unknown): Promise<Done> {
  const { refund } = z.object({ refund: z.string() }).parse(input)
  await world.control('POST', '/stripe/refund_fails', { refund })
  return { ok: true, message: 'The bank sent the refund back: it has failed.' }
}
