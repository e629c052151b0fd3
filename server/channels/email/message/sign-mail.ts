import { dkimSign } from 'mailauth'
import type { SigningKey } from '#modules/inbox/ports.ts'

/**
 * The mail with a DKIM signature per key in front. The signature says when the mail was written, not when it is tried, and
 * both algorithms give the same signature for the same bytes: every try has the same bytes. Throws when a key cannot sign.
 */
export async function signMail(mail: Uint8Array, date: string, keys: readonly SigningKey[]): Promise<Uint8Array> {
  const signatureData = keys.map(({ domain, selector, algorithm, privateKey }) => ({
    signingDomain: domain,
    selector,
    privateKey,
    algorithm: `${algorithm}-sha256`,
  }))
  const [first] = signatureData
  if (!first) return mail
  const bytes = Buffer.from(mail.buffer, mail.byteOffset, mail.byteLength)
  const { signatures, errors } = await dkimSign(bytes, {
    ...first,
    canonicalization: 'relaxed/relaxed',
    signTime: new Date(date),
    signatureData,
  })
  const [problem] = errors
  if (problem) throw new Error(`The mail could not be signed: ${String((problem as { err?: Error }).err?.message)}`)
  return Buffer.concat([Buffer.from(signatures), bytes])
}
