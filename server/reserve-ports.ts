import { freePort, listenBriefly } from '#platform/free-port.ts'
import type { Config } from './config.ts'
import { isEmulated } from './emulated.ts'

/** Replaces every port 0 by a free one, so that parts that name each other can be started in any order. A port that is
 * taken throws here, by a listen error, before anything has been started. */
export async function reservePorts(config: Config): Promise<Config> {
  const isWorker = config.roles.includes('worker')
  const reserve = async (wanted: number, host: string, isOurs: boolean) =>
    wanted === 0 ? freePort(host) : isOurs ? listenBriefly(wanted, host) : wanted
  const port = await reserve(config.port, config.host, config.roles.includes('web'))
  return {
    ...config,
    port,
    smtpInPort: await reserve(config.smtpInPort, config.host, isWorker),
    emulatorsPort: await reserve(config.emulatorsPort, '127.0.0.1', isWorker && isEmulated(config)),
    emulatorsSmtpPort: await reserve(config.emulatorsSmtpPort, '127.0.0.1', isWorker && isEmulated(config)),
    publicUrl: config.publicUrl.replace(/:0$/, `:${port}`),
  }
}
