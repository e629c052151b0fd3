import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** One address for several emulated Stripes, as Stripe has one for all its accounts: the key says whose books are meant. */
export async function stripeByKey(baseOf: Record<string, string>): Promise<{ base: string; close(): void }> {
  const agent = new http.Agent({ keepAlive: true })
  const server = http.createServer((request, response) => {
    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const target = baseOf[key] && new URL(baseOf[key])
    if (!target) {
      const error = { type: 'invalid_request_error', message: `Invalid API Key provided: ${key.slice(0, 7)}****` }
      return void response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ error }))
    }
    const { hostname: host, port, pathname } = target
    const { method = 'GET', headers } = request
    const forwarded = http.request(
      { host, port, path: `${pathname}${request.url}`, method, headers, agent },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    forwarded.on('error', () => response.destroy())
    request.pipe(forwarded)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      server.close()
      agent.destroy()
    },
  }
}
