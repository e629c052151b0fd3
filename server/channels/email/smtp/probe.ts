import type { ProbeStep } from '#modules/inbox/ports.ts'
import { connectSession, signIn, step, type Session, type SmtpError } from './session.ts'
import { policyOf, type SmtpTarget } from './target.ts'
import { wordsOf } from './words.ts'

/**
 * Speaks to a mail server up to the point where a mail would go out: nothing is sent. Never throws; the first step that
 * fails is the last one told.
 */
export async function probe(target: SmtpTarget, envelope: { from: string; to: string }): Promise<ProbeStep[]> {
  const steps: ProbeStep[] = []
  let session: Session | undefined
  try {
    session = await connectSession({ ...target, answerTimeoutMs: 15_000, connectTimeoutMs: 10_000 })
    steps.push({ step: 'connect', result: 'ok', words: `${target.host}:${target.port}` })
    steps.push(encryption(session, target))
    if (target.auth) {
      await signIn(session, target)
      steps.push({ step: 'sign_in', result: 'ok', words: target.auth.user })
    } else steps.push({ step: 'sign_in', result: 'skipped', words: '' })
    const open = session
    await say(open, `MAIL FROM:<${envelope.from}>`)
    steps.push({ step: 'sender', result: 'ok', words: envelope.from })
    await say(open, `RCPT TO:<${envelope.to}>`)
    steps.push({ step: 'recipient', result: 'ok', words: envelope.to })
    open.quit()
  } catch (error) {
    steps.push({ step: next(steps, error as SmtpError), result: 'failed', words: wordsOf(error as SmtpError, target) })
    session?.close()
  }
  return steps
}

function encryption(session: Session, target: SmtpTarget): ProbeStep {
  if (!session.secure) return { step: 'encrypt', result: 'skipped', words: '' }
  // oxlint-disable-next-line no-underscore-dangle -- what protects it is told nowhere else
  const socket = session._socket as unknown as { getProtocol?: () => string | null; authorized?: boolean }
  const signed = socket.authorized === true || policyOf(target) === 'verified'
  return { step: 'encrypt', result: 'ok', words: [socket.getProtocol?.() ?? 'TLS', ...(signed ? [] : ['?'])].join(' ') }
}

/** One command outside the exchanges that the library knows, because those end in a mail. */
function say(session: Session, command: string): Promise<string> {
  /* oxlint-disable no-underscore-dangle -- nothing public speaks single commands */
  const raw = session as unknown as { _sendCommand(line: string): void; _responseActions: ((answer: string) => void)[] }
  return step<string>(session, (done) => {
    raw._sendCommand(command)
    raw._responseActions.push((answer) =>
      answer.startsWith('2') ? done(null, answer) : done(Object.assign(new Error(answer), { response: answer })),
    )
  })
}

const order = ['connect', 'encrypt', 'sign_in', 'sender', 'recipient'] as const

function next(steps: readonly ProbeStep[], error: SmtpError): ProbeStep['step'] {
  if (steps.length === 0) return error.code === 'ETLS' || /certificate/i.test(error.message) ? 'encrypt' : 'connect'
  return order[steps.length] ?? 'recipient'
}
