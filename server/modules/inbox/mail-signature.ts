import type { Desk } from '#server/desk.ts'
import type { Sign } from './rules/message-id.ts'

/** Signs Message-IDs and reply addresses of this installation. */
export function mailSign(desk: Desk): Sign {
  return (text) => desk.secrets.sign('mail', text, 43)
}
