import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const budgetKb = 300
const firstRoute = 'inbox/inbox-page.tsx'

type Chunk = { file: string; imports?: string[]; isEntry?: boolean; css?: string[] }

/**
 * What the browser downloads to show the inbox for the first time: the entry, the inbox chunk and everything they import
 * statically, gzipped, in kB (1,000 bytes). `within` is false above the budget of DESIGN §8.
 */
export function checkBudget(dist: string): { within: boolean; jsKb: number; cssKb: number; text: string } {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry)
  if (!entry || !manifest[firstRoute]) throw new Error(`The build manifest names no entry or no ${firstRoute}.`)
  const js = new Set<string>()
  const css = new Set<string>()
  const follow = (key: string): void => {
    const chunk = manifest[key]
    if (!chunk || js.has(chunk.file)) return
    js.add(chunk.file)
    for (const file of chunk.css ?? []) css.add(file)
    for (const next of chunk.imports ?? []) follow(next)
  }
  follow(entry)
  follow(firstRoute)
  const jsKb = gzipKb(dist, js)
  const cssKb = gzipKb(dist, css)
  const text = `First load of the inbox: ${jsKb.toFixed(1)} kB JS of ${budgetKb} kB, ${cssKb.toFixed(1)} kB CSS (gzip).`
  return { within: jsKb <= budgetKb, jsKb, cssKb, text }
}

function gzipKb(dist: string, files: Iterable<string>): number {
  let bytes = 0
  for (const file of files) bytes += gzipSync(readFileSync(join(dist, file)), { level: 9 }).length
  return bytes / 1000
}
