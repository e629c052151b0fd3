import type { Permission } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Agent, ApiKey, Settings } from '#contract/team.ts'
import type { Desk } from '#server/desk.ts'
import { getSettings } from './settings.ts'
import { readAgent, readApiKey } from './views.ts'

/** What only the process itself can say about this desk. */
export type DeskFacts = {
  emulated(): ('stripe' | 'mail')[]
  emulatorsUrl(): string | null
  /** How far the demo company is; null when there is none in the making. */
  demo(): { done: number; total: number; step: string } | null
}

type Me = {
  agent: Agent | null
  key: ApiKey | null
  permissions: Permission[]
  settings: Settings
  emulated: ('stripe' | 'mail')[]
  emulatorsUrl: string | null
  demo: ReturnType<DeskFacts['demo']>
  now: string
}

/** Who asks, what they may do, and what the screen must know about this desk. */
export async function readMe(desk: Desk, facts: DeskFacts): Promise<Me> {
  const { actor } = desk
  return {
    agent: actor.agentId ? await readAgent(desk, actor.agentId) : null,
    key: actor.kind === 'api' && actor.id ? await readApiKey(desk, actor.id as Id<'key'>) : null,
    permissions: [...actor.permissions],
    settings: await getSettings(desk),
    emulated: facts.emulated(),
    emulatorsUrl: facts.emulatorsUrl(),
    demo: facts.demo(),
    now: desk.now().toString(),
  }
}
