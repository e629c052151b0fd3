/**
 * DNS asked at an address that answers `?name=&type=` with `{ answers }`, as the emulated world does, whose mail can so be
 * signed and forged like any other. Rejects with ENOTFOUND where there is no such record.
 */
export function dnsOverHttp(url: string): (name: string, type: string) => Promise<unknown> {
  return async (name, type) => {
    const query = new URLSearchParams({ name, type })
    const response = await fetch(`${url}?${query}`, { signal: AbortSignal.timeout(3000) })
    if (!response.ok) throw Object.assign(new Error(`no ${type} record for ${name}`), { code: 'ENOTFOUND' })
    const { answers } = (await response.json()) as { answers: unknown }
    return answers
  }
}
