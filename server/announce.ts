import type { Config } from './config.ts'
import { emulatedCounterparts, emulatorsUrl, isEmulated } from './emulated.ts'

export type Prepared = {
  /** One-time link for the first admin; null once there is one. */
  setupUrl: string | null
  /** Sign-ins of the demo company. */
  signIns: { name: string; email: string; password: string; roles: string }[]
}

/** Tells the person who started the desk where it is and how to get in. */
export function announce(config: Config, prepared: Prepared): void {
  const lines = [`Mainstay is ready at ${config.publicUrl}`]
  if (isEmulated(config)) {
    lines.push(
      `The outside world (${emulatedCounterparts(config).join(' and ')} emulated) is at ${emulatorsUrl(config)}`,
    )
  }
  if (config.roles.includes('worker'))
    lines.push(`Mail for ${config.supportAddress} is received on port ${config.smtpInPort}`)
  if (prepared.signIns.length > 0) {
    lines.push('', 'Sign in as:')
    for (const { name, email, password, roles } of prepared.signIns)
      lines.push(`  ${email.padEnd(26)} ${password.padEnd(22)} ${name}, ${roles}`)
  }
  if (prepared.setupUrl) lines.push('', `Make the first admin: ${prepared.setupUrl}`)
  process.stdout.write(`\n${lines.join('\n')}\n\n`)
}
