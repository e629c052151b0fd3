import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

export type Secrets = {
  /** A short signature over text for one purpose; URL-safe. */
  sign(purpose: string, text: string, length?: number): string
  verify(purpose: string, text: string, signature: string): boolean
  encrypt(text: string): string
  decrypt(sealed: string): string
}

/** Everything secret is derived from one key, so that rotating or losing it is one event. */
export function createSecrets(secretKey: string): Secrets {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secretKey, 'mainstay', purpose, 32))
  const keys = new Map<string, Buffer>()
  const keyFor = (purpose: string) => {
    const known = keys.get(purpose)
    if (known) return known
    const made = derive(purpose)
    keys.set(purpose, made)
    return made
  }
  const sign = (purpose: string, text: string, length = 22) =>
    createHmac('sha256', keyFor(purpose)).update(text).digest('base64url').slice(0, length)
  return {
    sign,
    verify(purpose, text, signature) {
      const wanted = Buffer.from(sign(purpose, text, signature.length))
      const given = Buffer.from(signature)
      return signature.length >= 10 && wanted.length === given.length && timingSafeEqual(wanted, given)
    },
    encrypt(text) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', keyFor('at-rest'), iv)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
    },
    decrypt(sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', keyFor('at-rest'), bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    },
  }
}

/** A secret that is shown once; only its hash is stored. */
export function newSecret(prefix: string): { secret: string; hash: string } {
  const secret = `${prefix}_${randomBytes(30).toString('base64url')}`
  return { secret, hash: hashSecret(secret) }
}

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
