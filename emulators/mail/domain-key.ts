import { generateKeyPairSync } from 'node:crypto'
import type { Store } from '../store.ts'

export const selector = 'world'

export type DomainKey = {
  privateKey: string
  /** base64 of the public key, as DKIM's `p=` wants it. */ publicKey: string
}

/** One DKIM key for every domain of the world, made at first use and kept, so that mail signed yesterday still verifies. */
export function domainKey(store: Store): DomainKey {
  const known = store.get<DomainKey>('mail.key', selector)
  if (known) return known
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const key = { privateKey: pair.privateKey, publicKey: pair.publicKey.toString('base64') }
  store.put('mail.key', selector, key)
  return key
}
