export type StatusGroup = {
  address: string
  action: string
  status: string | null
  diagnostic: string
  remote: string | null
}

const values = (group: string, name: string) =>
  [...group.matchAll(new RegExp(String.raw`^${name}:[ \t]*(.*)$`, 'gim'))].map((line) => (line[1] ?? '').trim())

/** The address of `rfc822; ada@example.org`, `<ada@example.org>` or a bare one; '' when there is none. */
export function addressIn(value: string): string {
  const bare = value.replace(/^[\w-]+\s*;\s*/, '').replaceAll(/\([^)]*\)/g, '')
  return (
    /(?:^|[<\s"'=:,;/])([^\s<>"'=:,;()/\\]{1,64}@[\w.-]{1,255})/.exec(bare)?.[1]?.toLowerCase().replace(/\.$/, '') ?? ''
  )
}

/** The recipients of a delivery report (RFC 3464), in order. Groups stand apart by blank lines. */
export function readStatusGroups(fields: string): StatusGroup[] {
  const unfolded = fields.replaceAll(/\r?\n[ \t]+(?=\S)/g, ' ')
  const blocks = unfolded.split(/\n\s*\n/)
  const parts = blocks.flatMap((block) =>
    (block.match(/^final-recipient:/gim)?.length ?? 0) > 1 ? block.split(/\n(?=final-recipient:)/i) : [block],
  )
  const groups: StatusGroup[] = []
  for (const part of parts) {
    const final = values(part, 'final-recipient')[0] ?? ''
    const original = values(part, 'original-recipient')[0] ?? ''
    const actual = values(part, 'x-actual-recipient')[0] ?? ''
    const address = addressIn(original) || addressIn(final) || addressIn(actual)
    if (address === '') continue
    const diagnostic = [...values(part, 'diagnostic-code'), ...values(part, 'x-supplementary-info')]
      .join(' ')
      .replace(/^[\w-]+\s*;\s*/, '')
    groups.push({
      address,
      action: (values(part, 'action')[0] ?? '').toLowerCase().split(/[\s(]/)[0] ?? '',
      status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(values(part, 'status')[0] ?? '')?.[0] ?? null,
      diagnostic,
      remote: (values(part, 'remote-mta')[0] ?? '').replace(/^[\w-]+\s*;\s*/, '').trim() || null,
    })
  }
  return groups
}
