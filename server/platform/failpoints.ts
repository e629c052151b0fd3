/**
 * Named places where a crash would be worst. Crash tests read this list, kill the process at each one and check what is left.
 * MAINSTAY_FAILPOINT is `name` or `name:n` (the n-th time it is passed); it is handed in by main through `armFailpoint`.
 */
export const failpoints = {
  'ingest.before_commit': 'the raw mail, ticket and event are written but not committed',
  'ingest.after_commit': 'committed, and the sender has not been answered',
  'import.before_commit': 'mails of an import are written with its place in the archive but not committed',
  'outbox.before_connect': 'a reply is due and no connection is open',
  'outbox.before_handing_over': 'the body is sent, handing_over is not committed',
  'outbox.before_dot': 'handing_over is committed, the final dot is not sent',
  'outbox.after_dot': 'the dot is sent, its answer is not recorded',
  'operation.before_attempt': 'an operation is claimed, the attempt is not committed',
  'operation.before_call': 'the attempt is committed, the call is not made',
  'operation.after_call': 'the call was answered, the answer is not recorded',
  'operation.before_verify': 'the answer is recorded, the effect is not verified',
  'webhook.after_store': 'a webhook is stored, its job is not done',
} as const

export type Failpoint = keyof typeof failpoints

let armed: { name: string; left: number } | undefined

export function armFailpoint(spec: string | undefined): void {
  if (!spec) return
  const [name = '', count] = spec.split(':')
  if (!(name in failpoints)) throw new Error(`There is no failpoint named ${name}.`)
  armed = { name, left: Number(count ?? 1) }
}

/** Dies here, as by kill -9, when this failpoint is armed. */
export function failpoint(name: Failpoint): void {
  if (armed?.name !== name) return
  armed.left -= 1
  if (armed.left <= 0) process.kill(process.pid, 'SIGKILL')
}
