import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export type SmtpClient = {
  /** Hands one mail over; resolves to the answer after the final dot. Throws on any refusal before it. */
  send(mail: { from: string; raw: Buffer }, to: string): Promise<string>
  close(): void
}

/** A small SMTP client that keeps its connection, so that a load costs the machine little beside what is measured. */
export async function openSmtp(port: number): Promise<SmtpClient> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  const answer = answers(socket)
  await once(socket, 'connect')
  await expectCode(answer, '220')
  socket.write('EHLO bench.test\r\n')
  await expectCode(answer, '250')
  return {
    async send({ from, raw }, to) {
      // One packet for the envelope (RFC 2920): three answers come back in order.
      socket.write(`MAIL FROM:<${from}>\r\nRCPT TO:<${to}>\r\nDATA\r\n`)
      await expectCode(answer, '250')
      await expectCode(answer, '250')
      await expectCode(answer, '354')
      socket.write(raw)
      socket.write('\r\n.\r\n')
      return answer()
    },
    close: () => socket.destroy(),
  }
}

async function expectCode(answer: () => Promise<string>, code: string): Promise<void> {
  const line = await answer()
  if (!line.startsWith(code)) throw new Error(`The desk said ${line}`)
}

/** Reads one answer after another, each by its last line. */
function answers(socket: Socket): () => Promise<string> {
  const waiting: { resolve(line: string): void; reject(error: Error): void }[] = []
  const lines: string[] = []
  let rest = ''
  let broken: Error | undefined
  const fail = (error: Error) => {
    broken ??= error
    for (const one of waiting.splice(0)) one.reject(error)
  }
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    const all = (rest + chunk).split('\r\n')
    rest = all.pop() ?? ''
    for (const line of all) {
      if (line[3] === '-') continue
      const first = waiting.shift()
      if (first) first.resolve(line)
      else lines.push(line)
    }
  })
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('The desk closed the connection.')))
  return () =>
    new Promise((resolve, reject) => {
      const line = lines.shift()
      if (line !== undefined) resolve(line)
      else if (broken) reject(broken)
      else waiting.push({ resolve, reject })
    })
}
