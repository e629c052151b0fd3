import { Resolver } from 'node:dns/promises'
import { dnsOverHttp } from '../dns-over-http.ts'
import { cachedResolver } from '../channels/email/cached-resolver.ts'

export type Dns = {
  /** As Node's `dns.resolve`; rejects with ENOTFOUND or ENODATA where there is none. */
  resolve(name: string, type: string): Promise<unknown>
  /** Whole texts of the TXT records at a name; none where there are none. */
  texts(name: string): Promise<string[]>
  addresses(name: string): Promise<string[]>
  mx(name: string): Promise<{ exchange: string; priority: number }[]>
}

/** This machine's DNS, or one that is asked over HTTP. */
export function openDns(url: string | undefined): Dns {
  const resolve = cachedResolver(url ? dnsOverHttp(url) : systemDns())
  const orNone = async <T>(name: string, type: string): Promise<T[]> => {
    try {
      return (await resolve(name, type)) as T[]
    } catch (error) {
      const { code } = error as { code?: string }
      if (code === 'ENOTFOUND' || code === 'ENODATA') return []
      throw error
    }
  }
  return {
    resolve,
    texts: async (name) => (await orNone<string[]>(name, 'TXT')).map((parts) => parts.join('')),
    addresses: async (name) => [...(await orNone<string>(name, 'A')), ...(await orNone<string>(name, 'AAAA'))],
    mx: async (name) =>
      (await orNone<{ exchange: string; priority: number }>(name, 'MX')).toSorted((a, b) => a.priority - b.priority),
  }
}

function systemDns(): (name: string, type: string) => Promise<unknown> {
  const resolver = new Resolver({ timeout: 3000, tries: 2 })
  return (name, type) => resolver.resolve(name, type as 'A')
}
