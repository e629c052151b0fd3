import * as z from 'zod'
import type { NewMailFault } from '../mail/faults.ts'
import { setWebhooks } from './stripe-control.ts'
import type { Done, World } from './world.ts'

const Count = z
  .string()
  .trim()
  .regex(/^\d*$/, 'Times must be a whole number.')
  .default('')
  .transform((text) => (text === '' ? undefined : Number(text)))
const Delay = z.coerce.number('The delay must be a number of seconds.').min(0.001).max(600)

const MailFaultForm = z.object({
  kind: z.string(),
  recipient: z.string().trim().default(''),
  times: Count,
  seconds: Delay.optional(),
})

export async function addMailFault(world: World, input: unknown): Promise<Done> {
  const { kind, recipient, times, seconds } = MailFaultForm.parse(input)
  await world.control('POST', '/mail/faults', {
    kind: kind as NewMailFault['kind'],
    match: recipient ? { recipient } : undefined,
    times,
    delayMs: seconds === undefined ? undefined : Math.round(seconds * 1000),
  })
  return { ok: true, message: 'The fault is on.' }
}

export async function removeMailFault(world: World, input: unknown): Promise<Done> {
  await world.control('DELETE', `/mail/faults/${encodeURIComponent(z.object({ id: z.string() }).parse(input).id)}`)
  return { ok: true, message: 'The fault is off.' }
}

const StripeFaultForm = z.object({
  kind: z.string(),
  path: z.string().default(''),
  decline_code: z.string().optional(),
  times: Count,
  seconds: Delay.optional(),
})

export async function addStripeFault(world: World, input: unknown): Promise<Done> {
  const { kind, path, decline_code, times, seconds } = StripeFaultForm.parse(input)
  await world.control('POST', '/stripe/faults', {
    kind,
    // Reads are left alone unless a path is named: this page reads through the same API.
    match: path === '' ? (kind === 'decline' ? {} : { method: 'POST' }) : { path },
    times,
    decline_code,
    ms: seconds === undefined ? undefined : Math.round(seconds * 1000),
  })
  return { ok: true, message: 'The fault is on.' }
}

export async function clearStripeFaults(world: World): Promise<Done> {
  await world.control('DELETE', '/stripe/faults')
  return { ok: true, message: 'Stripe behaves again.' }
}

export async function addProductFault(world: World, input: unknown): Promise<Done> {
  await world.control('POST', '/product/faults', z.object({ kind: z.string(), times: Count }).parse(input))
  return { ok: true, message: 'The fault is on.' }
}

export async function clearProductFaults(world: World): Promise<Done> {
  await world.control('DELETE', '/product/faults')
  return { ok: true, message: 'The product behaves again.' }
}

export async function clearFaults(world: World): Promise<Done> {
  await world.control('DELETE', '/mail/faults')
  await world.control('DELETE', '/stripe/faults')
  await world.control('DELETE', '/product/faults')
  return { ok: true, message: 'All faults are off.' }
}

const On = z.literal('on').optional()
const WebhookForm = z.object({ duplicate: On, reorder: On, late: On, drop: On, seconds: Delay })

export async function saveWebhooks(world: World, input: unknown): Promise<Done> {
  const { duplicate, reorder, late, drop, seconds } = WebhookForm.parse(input)
  await setWebhooks(world, {
    duplicate: duplicate ? 1 : 0,
    reorder: reorder !== undefined,
    delayMs: late ? Math.round(seconds * 1000) : 0,
    drop: drop !== undefined,
  })
  return { ok: true, message: 'Webhooks now behave as set.' }
}
