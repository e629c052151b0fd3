/** A key for one intent of the agent. Not `randomUUID`, which exists on secure origins only. */
export function intentKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The keys of a form: another try of the same words is the same intent, changed words are another. */
export type Intent = { keyFor: (body: unknown) => string; done: () => void }

export function createIntent(): Intent {
  let last: { of: string; key: string } | null = null
  return {
    keyFor(body) {
      const of = JSON.stringify(body)
      if (last?.of !== of) last = { of, key: intentKey() }
      return last.key
    },
    done() {
      last = null
    },
  }
}
