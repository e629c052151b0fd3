import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { readCallAnswer } from '../rules/product-answer.ts'
import { readAction } from './action-catalogue.ts'
import { readSecret } from './secrets.ts'

/** Calls an action with `test: true`, which must do nothing, and says what came back. */
export async function testAction(desk: Desk, id: Id<'pac'>): Promise<{ ok: boolean; sentence: string }> {
  const { definition } = await readAction(desk, id)
  const secret = await readSecret(desk, 'calls')
  if (!secret) throw new DeskError('conflict', 'There is no secret to sign calls with yet. Make one first.')
  const reply = await desk.ports.product.send({
    url: definition.endpoint,
    id: newId('op', desk.now()),
    secret,
    at: desk.now().epochMilliseconds,
    body: JSON.stringify({ test: true, action: definition.name }),
  })
  const { outcome, detail } = readCallAnswer(reply)
  if (outcome === 'ok') return { ok: true, sentence: 'The product answered as it should.' }
  return { ok: false, sentence: detail ?? `The product answered with ${outcome}; a test must be answered with done.` }
}
