import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'

/** Runs a program that has a `lifecycle`, and `say` for printing a line. Signals are sent once it said "ready". */
async function run(body: string, act: (child: ReturnType<typeof spawn>) => void) {
  const code = `
    import { createLifecycle } from '${new URL('./lifecycle.ts', import.meta.url).href}'
    const say = (text: string) => console.log(text.split('\\n')[0])
    const lifecycle = createLifecycle({ info: say, warn: say, error: say })
    setInterval(() => {}, 1000)
    ${body}`
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  if (!child.stdout) throw new Error('the program has no output')
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    const wasReady = output.includes('ready\n')
    output += chunk.toString()
    if (!wasReady && output.includes('ready\n')) act(child)
  })
  // Not 'close': that never comes for a child whose channel was disconnected from here.
  const [[exitCode]] = await Promise.all([once(child, 'exit'), once(child.stdout, 'end')])
  return { exitCode, lines: output.trim().split('\n') }
}

const interrupt = (child: ReturnType<typeof spawn>) => child.kill('SIGINT')

test('parts stop in reverse order on a signal, and the exit is clean', async () => {
  const { exitCode, lines } = await run(
    `lifecycle.onStop('a', () => say('a'))
     lifecycle.onStop('b', async () => say('b'))
     say('ready')`,
    (child) => {
      interrupt(child)
      child.kill('SIGTERM')
    },
  )
  expect(lines).toEqual(['ready', expect.stringContaining('Stopping (SIG'), 'b', 'a'])
  expect(exitCode).toBe(0)
})

test('a part that hangs or throws does not keep the others', async () => {
  const { exitCode, lines } = await run(
    `lifecycle.onStop('a', () => say('a'))
     lifecycle.onStop('b', () => { throw new Error('no') })
     lifecycle.onStop('c', () => new Promise(() => {}), 50)
     say('ready')`,
    interrupt,
  )
  expect(lines.slice(2)).toEqual([
    'c did not stop cleanly: Error: not within 0.05 s',
    'b did not stop cleanly: Error: no',
    'a',
  ])
  expect(exitCode).toBe(1)
})

test('a part that is starting is waited for, then stopped; nothing more starts', async () => {
  const { lines } = await run(
    `const start = async () => { await new Promise((resolve) => setTimeout(resolve, 200)); return 'slow' }
     setTimeout(() => say('ready'), 50)
     await lifecycle.start('slow', start, (part) => say('stopped ' + part))
     await lifecycle.start('next', async () => say('started next'), () => say('stopped next'))`,
    interrupt,
  )
  expect(lines.slice(2)).toEqual(['stopped slow'])
})

test('a signal more than a second after the first ends the process at once', async () => {
  const { exitCode, lines } = await run(
    `lifecycle.onStop('stuck', () => new Promise(() => {}))
     say('ready')`,
    (child) => {
      interrupt(child)
      setTimeout(() => interrupt(child), 1_500)
    },
  )
  expect(lines.at(-1)).toBe('Stopping at once')
  expect(exitCode).toBe(1)
})

test('the end of the process that started us is a stop', async () => {
  const { exitCode, lines } = await run(`lifecycle.onStop('a', () => say('a')); say('ready')`, (child) =>
    child.disconnect(),
  )
  expect(lines).toEqual(['ready', 'Stopping (the bootstrap is gone)', 'a'])
  expect(exitCode).toBe(0)
})

test('an unexpected error is logged, and everything stops with a failing exit code', async () => {
  const { exitCode, lines } = await run(
    `lifecycle.onStop('a', () => say('a')); say('ready'); setTimeout(() => { throw new Error('oh') })`,
    () => {},
  )
  expect(lines).toEqual(['ready', 'Error: oh', 'Stopping (an unexpected error)', 'a'])
  expect(exitCode).toBe(1)
})
