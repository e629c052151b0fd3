import http from 'node:http'
import https from 'node:https'
import { Stripe } from 'stripe'

export type StripeSettings = {
  secretKey: string
  /** Where the API is, with a path prefix if it has one; Stripe's own address when absent. */
  base?: string
  timeoutMs?: number
}

/** The official client, without retries of its own: what may be repeated is decided per operation, with its key written down. */
export function createClient({ secretKey, base, timeoutMs = 20_000 }: StripeSettings): Stripe {
  const shared = { maxNetworkRetries: 0, timeout: timeoutMs, telemetry: false, appInfo: { name: 'Mainstay' } }
  if (!base) return new Stripe(secretKey, shared)
  const url = new URL(base)
  const protocol = url.protocol === 'http:' ? 'http' : 'https'
  const agent = protocol === 'http' ? new http.Agent({ keepAlive: true }) : new https.Agent({ keepAlive: true })
  return new Stripe(secretKey, {
    ...shared,
    host: url.hostname,
    port: url.port || (protocol === 'http' ? 80 : 443),
    protocol,
    httpClient: belowPath(Stripe.createNodeHttpClient(agent), url.pathname.replace(/\/+$/, '')),
  })
}

/** Stripe's client knows hosts only; everything is asked below this path. */
function belowPath(inner: Stripe.HttpClient, prefix: string): Stripe.HttpClient {
  if (!prefix) return inner
  const makeRequest: Stripe.HttpClient['makeRequest'] = (host, port, path, ...rest) =>
    inner.makeRequest(host, port, `${prefix}${path}`, ...rest)
  return new Proxy(inner, {
    get: (target, name) => (name === 'makeRequest' ? makeRequest : Reflect.get(target, name)),
  })
}
