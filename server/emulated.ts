import type { Config } from './config.ts'

/** The counterparts that are emulated because their real one is not configured. */
export function emulatedCounterparts(config: Config): ('stripe' | 'mail')[] {
  return [
    ...(config.stripeSecretKey || config.stripeApiBase ? [] : ['stripe' as const]),
    ...(config.smtpUrl ? [] : ['mail' as const]),
  ]
}

export function isEmulated(config: Config): boolean {
  return emulatedCounterparts(config).length > 0
}

export function emulatorsUrl(config: Config): string {
  return `http://127.0.0.1:${config.emulatorsPort}`
}

/** Where the emulated world answers for DNS. */
export function emulatedDnsUrl(config: Config): string {
  return `${emulatorsUrl(config)}/control/mail/dns`
}
