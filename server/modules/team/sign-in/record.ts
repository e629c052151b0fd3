import { createDesk, systemActor, type Actor, type World } from '#server/desk.ts'
import { idOf } from '#platform/ids.ts'
import type { SignInPath } from './mount.ts'

/**
 * Tells the ledger what somebody did about their own sign-in. better-auth has committed it by then, on connections of its
 * own, so this is the one place where a line follows its fact instead of committing with it.
 */
export async function recordSignIn(
  world: World,
  path: SignInPath,
  before: Actor | undefined,
  agentUuid: string | undefined,
): Promise<void> {
  const signedIn = before?.kind === 'agent' ? before.agentId : null
  const agentId = agentUuid ? idOf('agt', agentUuid) : signedIn
  const event = eventOf(path, agentUuid !== undefined, signedIn !== null)
  if (!agentId || !event) return
  const actor: Actor = { ...systemActor, kind: 'agent', id: agentId, agentId }
  await createDesk(world, actor).transaction((desk) =>
    desk.emit({ type: event.type, data: { agentId, ...event.data } }),
  )
}

function eventOf(
  path: SignInPath,
  named: boolean,
  signedIn: boolean,
): { type: string; data?: Record<string, string> } | undefined {
  switch (path) {
    case '/sign-in/email':
      // With a second factor to come, nobody is named yet.
      return named ? { type: 'agent.signed_in', data: { by: 'password' } } : undefined
    case '/two-factor/verify-totp':
      return signedIn ? { type: 'agent.totp_confirmed' } : { type: 'agent.signed_in', data: { by: 'totp' } }
    case '/two-factor/verify-backup-code':
      return signedIn ? undefined : { type: 'agent.signed_in', data: { by: 'backup_code' } }
    case '/two-factor/disable':
      return { type: 'agent.totp_disabled' }
    case '/two-factor/generate-backup-codes':
      return { type: 'agent.backup_codes_renewed' }
    case '/change-password':
      return { type: 'agent.password_changed' }
    default:
      return undefined
  }
}
