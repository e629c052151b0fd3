import { probe } from '../channels/email/smtp/probe.ts'
import type { SmtpTarget } from '../channels/email/smtp/target.ts'
import { ok, problem, warning, type Finding } from './finding.ts'
import { answersOn } from './reach.ts'

type Step = Awaited<ReturnType<typeof probe>>[number]

/** Whether the desk's own mail server answers with encryption, as far as RCPT. Nothing is sent. */
export async function checkListener(port: number, mailbox: string, webPort: number): Promise<Finding> {
  const about = `port ${port}`
  const check = 'ports.smtp_in'
  const steps = await probe({ host: '127.0.0.1', port, secure: false, tls: 'required' }, { from: '', to: mailbox })
  const failed = steps.find(({ result }) => result === 'failed')
  if (!failed) return ok(check, about, `It takes mail for ${mailbox}, encrypted (${wordOf(steps, 'encrypt')}).`)
  if (failed.step === 'connect')
    return (await answersOn('127.0.0.1', webPort))
      ? problem(
          check,
          about,
          `The desk runs, but its mail server does not answer: ${failed.words}`,
          'See the desk’s log, and whether SMTP_IN_PORT is the same there and here.',
        )
      : warning(
          check,
          about,
          'The desk does not run here, so its mail server could not be tried.',
          'Start it and try again.',
        )
  if (failed.step === 'encrypt')
    return problem(
      check,
      about,
      `It offers no encryption: ${failed.words}`,
      'Restart the desk; its log says what is wrong with its certificate.',
    )
  return problem(
    check,
    about,
    `It does not take mail for ${mailbox}: ${failed.words}`,
    'Check that the mailbox is switched on.',
  )
}

/** Whether a server would take the desk's mail: reachable, encrypted, signed in. Nothing is sent. */
export async function checkOutgoing(
  target: SmtpTarget,
  mailbox: string,
  name: { setting: string; emulated: boolean },
): Promise<Finding[]> {
  const about = `${target.host}:${target.port}`
  const steps = await probe(target, { from: mailbox, to: mailbox })
  const failed = steps.find(({ result }) => result === 'failed')
  const findings: Finding[] = []
  if (!failed)
    findings.push(
      ok(
        'ports.smtp_out',
        about,
        name.emulated
          ? 'The emulated world takes the desk’s mail; nothing leaves this machine.'
          : 'It takes the desk’s mail.',
      ),
    )
  else if (failed.step === 'sign_in')
    findings.push(
      problem('credentials.smtp_out', about, failed.words, `Correct user name and password in ${name.setting}.`),
    )
  else if (failed.step === 'connect')
    findings.push(
      name.emulated
        ? warning(
            'ports.smtp_out',
            about,
            `The emulated world does not answer: ${failed.words}`,
            'Start the desk and try again.',
          )
        : problem(
            'ports.smtp_out',
            about,
            `It cannot be reached: ${failed.words}`,
            `Check host and port in ${name.setting}, and that this machine may connect there.`,
          ),
    )
  else
    findings.push(
      problem(
        'ports.smtp_out',
        about,
        failed.words,
        `Check what the provider allows for ${mailbox}, and ${name.setting}.`,
      ),
    )
  const encrypted = steps.some(({ step, result }) => step === 'encrypt' && result === 'ok')
  const connected = steps.some(({ step, result }) => step === 'connect' && result === 'ok')
  if (connected && !encrypted && failed?.step !== 'encrypt' && !isHere(target.host))
    findings.push(
      (target.auth ? problem : warning)(
        'ports.smtp_out_tls',
        about,
        target.auth
          ? 'It offers no encryption: the password goes over the network as it is.'
          : 'It offers no encryption.',
        `Use smtps:// or the provider’s port with STARTTLS in ${name.setting}.`,
      ),
    )
  return findings
}

function isHere(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

function wordOf(steps: readonly Step[], name: Step['step']): string {
  return (steps.find(({ step }) => step === name)?.words ?? '').replace(' ?', '')
}
