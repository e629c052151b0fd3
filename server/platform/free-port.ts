import { createServer } from 'node:net'

const first = 20_000
const blocks = 750
const perBlock = 16
// Programs that start at the same moment look in different places, and one never gives a port twice.
let next = (process.pid % blocks) * perBlock

/**
 * A port below those that systems give to outgoing connections: while a server is down after a crash, any connection of any
 * program could be given its port, and it could not come back until that ends.
 */
export async function freePort(host: string): Promise<number> {
  for (let tries = 0; tries < 200; tries++) {
    const port = first + (next++ % (blocks * perBlock))
    if (await isFree(port, host)) return port
  }
  return listenBriefly(0, host)
}

export async function isFree(port: number, host: string): Promise<boolean> {
  return listenBriefly(port, host).then(
    () => true,
    () => false,
  )
}

/** The port that was listened on; throws the system's error where it cannot be. */
export function listenBriefly(wanted: number, host: string): Promise<number> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(wanted, host, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : wanted))
    })
  })
}
