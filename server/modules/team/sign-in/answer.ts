import * as z from 'zod'
import { idOf } from '#platform/ids.ts'

const Answer = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }).optional(),
  twoFactorRedirect: z.boolean().optional(),
  twoFactorMethods: z.array(z.string()).optional(),
  totpURI: z.string().optional(),
  backupCodes: z.array(z.string()).optional(),
})

/**
 * What of better-auth's answer leaves the house. The session's token does not: it is for the HttpOnly cookie alone.
 * `agentUuid` is whom the answer is about, where it says.
 */
export function answerOf(answer: unknown): { shown: object; agentUuid: string | undefined } {
  const parsed = Answer.safeParse(answer ?? {})
  if (!parsed.success) return { shown: { done: true }, agentUuid: undefined }
  const { user, ...rest } = parsed.data
  const agent = user && { id: idOf('agt', user.id), name: user.name, email: user.email }
  return { shown: { done: true, ...rest, ...(agent && { agent }) }, agentUuid: user?.id }
}
