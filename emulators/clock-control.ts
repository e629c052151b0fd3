import type { FastifyPluginAsync } from 'fastify'
import * as z from 'zod'
import type { Clock } from './clock.ts'
import type { Store } from './store.ts'

const NewTime = z.union([
  z.strictObject({ offsetMs: z.int() }),
  z.strictObject({ now: z.iso.datetime({ offset: true }) }),
  z.strictObject({ advanceMs: z.int() }),
])

/** Reads and moves the one clock of all emulators; the offset is kept, or time would run backwards at the next start. */
export function clockControl({ clock, store }: { clock: Clock; store: Store }): FastifyPluginAsync {
  clock.setOffset(store.get<{ offsetMs: number }>('clock', 'offset')?.offsetMs ?? 0)
  const answer = () => ({ now: new Date(clock.now()).toISOString(), offsetMs: clock.offset() })
  return async (app) => {
    app.get('/', async () => answer())
    app.post('/', async (request) => {
      const time = NewTime.parse(request.body)
      const offsetMs =
        'offsetMs' in time
          ? time.offsetMs
          : 'advanceMs' in time
            ? clock.offset() + time.advanceMs
            : Date.parse(time.now) - Date.now()
      clock.setOffset(offsetMs)
      store.put('clock', 'offset', { offsetMs })
      return answer()
    })
  }
}
