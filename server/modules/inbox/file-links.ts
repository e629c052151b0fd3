import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'

const lifetime = { minutes: 30 }

/** A signed address of an attachment that stops working after half an hour; rounded, so that lists stay cacheable. */
export function fileUrl(desk: Desk, id: Id<'att'>): string {
  const until = Math.ceil(desk.now().add(lifetime).epochMilliseconds / 300_000) * 300
  return `/files/${id}?until=${until}&sig=${desk.secrets.sign('file', `${id}.${until}`)}`
}

/** Whether a signed address is ours and still good. */
export function isGoodFileUrl(desk: Desk, id: string, until: number, signature: string): boolean {
  return until * 1000 > desk.now().epochMilliseconds && desk.secrets.verify('file', `${id}.${until}`, signature)
}
