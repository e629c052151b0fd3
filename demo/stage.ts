import type { AgentKey } from './company.ts'
import type { Day } from './day.ts'
import type { DeskApi } from './outside/desk-api.ts'
import type { Outside } from './outside/emulated.ts'
import type { Shop } from './outside/shop.ts'

/** What a step of the demo has in hand. */
export type Stage = {
  day: Day
  outside: Outside
  /** What is bought of Lumenary, and by its customers' own hands changed. */
  shop: Shop
  desk(agent: AgentKey): DeskApi
  /** The desk without anybody's key: public pages. */
  deskUrl: string
  supportAddress: string
  enterpriseAddress: string
  /** Waits until no job of this kind is due any more, for a while at most. */
  settle(kind: 'inbox' | 'billing'): Promise<void>
  /** Different for every demo that is made, so that nothing is taken for a repetition of another. */
  run: string
}

/** One thing that somebody does at a time of the story. */
export type Step = {
  /** The same at every start, so that a repeated step is known to be one. */
  id: string
  at: Temporal.Instant
  /** What is of one strand happens in order, also at the same time; strands do not wait for each other. */
  strand: string
  /** For the person who watches it being made. */
  label: string
  run(stage: Stage): Promise<void>
}
