/** The shortest password the server takes. */
export const passwordMin = 12

export type Strength = 'short' | 'weak' | 'fair' | 'strong'

const common = /password|passwort|qwert|asdf|letmein|welcome|admin|mainstay|support|abc123|111|123|000/gi

/**
 * A rough reading of how hard a password is to guess: what is common, repeated or in a row counts little. A hint, not a gate;
 * only the length is required.
 */
export function passwordStrength(password: string): Strength {
  if (password.length < passwordMin) return 'short'
  const telling = password
    .replace(common, '1')
    .replace(/(.)\1+/gu, '$1')
    .replace(/(..+)\1+/gu, '$1')
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(telling)).length
  const worth = new Set(telling).size + telling.length / 2 + kinds * 2
  if (worth < 16) return 'weak'
  return worth < 25 ? 'fair' : 'strong'
}
