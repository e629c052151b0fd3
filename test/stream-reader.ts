export type StreamMessage = { event: string; id: string | null; topics: string[] }

export type OpenStream = {
  /** The first message, heard already or yet to come, of which this is true; gives up after ten seconds. */
  until(isIt: (message: StreamMessage) => boolean): Promise<StreamMessage>
  heard(): readonly StreamMessage[]
  close(): void
}

/** Reads the live stream as a browser's EventSource does. */
export async function openStream(url: string, headers: Record<string, string>): Promise<OpenStream> {
  const abort = new AbortController()
  const answer = await fetch(`${url}/api/v1/stream`, { headers, signal: abort.signal })
  if (!answer.ok || !answer.body) throw new Error(`the stream answered ${answer.status}`)
  const heard: StreamMessage[] = []
  let wake = () => {}
  void read(answer.body, (message) => {
    heard.push(message)
    wake()
  }).catch(() => {})
  return {
    heard: () => heard,
    close: () => abort.abort(),
    async until(isIt) {
      const deadline = performance.now() + 10_000
      for (let looked = 0; ;) {
        for (; looked < heard.length; looked++) {
          const message = heard[looked]
          if (message && isIt(message)) return message
        }
        const left = deadline - performance.now()
        if (left <= 0) throw new Error(`the stream did not say it; it said ${JSON.stringify(heard).slice(-500)}`)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
    },
  }
}

async function read(body: ReadableStream<Uint8Array>, take: (message: StreamMessage) => void): Promise<void> {
  let rest = ''
  let lastId: string | null = null
  const decoder = new TextDecoder()
  for await (const chunk of body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => splitField(line)))
      lastId = fields.get('id') ?? lastId
      const data = fields.get('data')
      if (data === undefined) continue
      const { topics = [] } = JSON.parse(data) as { topics?: string[] }
      take({ event: fields.get('event') ?? 'message', id: lastId, topics })
    }
  }
}

function splitField(line: string): [string, string] {
  const at = line.indexOf(': ')
  return [line.slice(0, at), line.slice(at + 2)]
}
