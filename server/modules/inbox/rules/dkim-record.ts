export type DkimAlgorithm = 'rsa' | 'ed25519'

export function dkimRecord(key: { domain: string; selector: string; algorithm: DkimAlgorithm; publicKey: string }): {
  name: string
  value: string
} {
  return {
    name: `${key.selector}._domainkey.${key.domain}`,
    value: `v=DKIM1; k=${key.algorithm}; p=${key.publicKey}`,
  }
}

/** What is wrong with the TXT records found at a key's name, in words; null when receivers will find the key in them. */
export function dkimRecordProblem(
  key: { algorithm: DkimAlgorithm; publicKey: string },
  found: readonly string[],
): string | null {
  const records = found.filter((text) => /(^|;)\s*p\s*=/.test(text))
  if (found.length === 0) return 'There is no TXT record at this name yet.'
  if (records.length === 0) return 'The TXT record at this name is no DKIM key.'
  if (records.length > 1) return 'There is more than one key at this name; receivers then use none of them.'
  const tags = new Map(
    (records[0] ?? '').split(';').map((tag) => {
      const [name = '', ...value] = tag.split('=')
      return [name.trim().toLowerCase(), value.join('=').replace(/\s+/g, '')] as const
    }),
  )
  if (tags.get('p') === '') return 'The record says that the key was withdrawn (p= is empty).'
  if ((tags.get('k') ?? 'rsa') !== key.algorithm)
    return `The record is of another kind of key: ${tags.get('k') ?? 'rsa'}.`
  if (tags.get('p') !== key.publicKey)
    return key.publicKey.startsWith(tags.get('p') ?? ' ')
      ? 'The record is cut off: publish the whole value, in several strings where one is too long.'
      : 'The record holds another key.'
  if ((tags.get('t') ?? '').split(':').includes('y'))
    return 'The record says t=y: receivers take the signature for a test.'
  return null
}
