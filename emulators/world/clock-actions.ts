import * as z from 'zod'
import type { Done, World } from './world.ts'

const Move = z.union([
  z.object({ advanceMs: z.coerce.number().int() }),
  z.object({ offsetMs: z.coerce.number().int() }),
])

export async function moveClock(world: World, input: unknown): Promise<Done> {
  return told(await world.control<{ now: string }>('POST', '/clock', Move.parse(input)))
}

export async function setClock(world: World, input: unknown): Promise<Done> {
  const { now } = z
    .object({ now: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d/, 'That is no date and time.') })
    .parse(input)
  return told(await world.control<{ now: string }>('POST', '/clock', { now: `${now.slice(0, 16)}:00Z` }))
}

export async function reset(world: World): Promise<Done> {
  await world.control('POST', '/reset')
  return { ok: true, message: 'Everything is forgotten.', goto: '/' }
}

function told({ now }: { now: string }): Done {
  return { ok: true, message: `It is now ${now.replace('T', ' ').slice(0, 16)} UTC.` }
}
