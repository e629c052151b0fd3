import type { StripeFaultKind } from './fault-words.ts'
import type { World } from './world.ts'

export type StripeFault = {
  id: string
  kind: StripeFaultKind
  match: { method?: string; path?: string }
  times: number
  hits: number
  decline_code?: string
}

export type WebhookMode = { duplicate: number; reorder: boolean; delayMs: number; drop: number | boolean }

export async function stripeFaults(world: World): Promise<StripeFault[]> {
  return world.control<StripeFault[]>('GET', '/stripe/faults')
}

export async function webhookMode(world: World): Promise<WebhookMode> {
  return world.control<WebhookMode>('GET', '/stripe/webhooks')
}

export async function setWebhooks(world: World, mode: WebhookMode): Promise<void> {
  await world.control('POST', '/stripe/webhooks', mode)
}
