import type { DomainKey } from './domain-key.ts'
import { selector } from './domain-key.ts'

/** Whoever pretends to be another domain sends through this one, which allows nobody. */
export const spoofingDomain = 'elsewhere.invalid'

/** What the world's DNS answers, in the shape of Node's `dns.resolve(name, type)`; undefined = no such record. */
export function resolveRecord(name: string, type: string, key: DomainKey): unknown[] | undefined {
  const host = name.toLowerCase().replace(/\.$/, '')
  if (type === 'TXT') {
    const text = textRecord(host, key)
    return text === undefined ? undefined : [[text]]
  }
  if (host.startsWith('_') || host.includes('._')) return undefined
  if (type === 'MX') return [{ exchange: `mx.${host}`, priority: 10 }]
  if (type === 'A') return ['127.0.0.1']
  return undefined
}

function textRecord(host: string, key: DomainKey): string | undefined {
  if (host.endsWith('._domainkey.' + spoofingDomain)) return undefined
  if (host.startsWith(`${selector}._domainkey.`)) return `v=DKIM1; k=rsa; p=${key.publicKey}`
  if (host.startsWith('_dmarc.')) return 'v=DMARC1; p=reject'
  if (host.startsWith('_') || host.includes('._')) return undefined
  return host === spoofingDomain ? 'v=spf1 -all' : 'v=spf1 ip4:127.0.0.0/8 ip6:::1 -all'
}
