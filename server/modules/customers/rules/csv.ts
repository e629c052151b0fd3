export type CsvRow = { line: number; fields: string[] }
export type CsvTable = { rows: CsvRow[]; problem: { line: number; message: string } | null }

/**
 * RFC 4180, with comma, semicolon or tab, whichever the first line has most of. Empty lines are left out; `line` counts from 1.
 * What cannot be read ends the table with a problem.
 */
export function parseCsv(text: string): CsvTable {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text
  const separator = separatorOf(source)
  const rows: CsvRow[] = []
  let at = 0
  let line = 1
  while (at < source.length) {
    const row: CsvRow = { line, fields: [] }
    for (;;) {
      const field = source[at] === '"' ? quoted(source, at) : plain(source, at, separator)
      if (!field) return { rows, problem: { line, message: 'has a quotation mark that is never closed' } }
      row.fields.push(field.text)
      line += field.lines
      at = field.end
      if (source[at] === separator) at++
      else break
    }
    const end = /^\r?\n|^\r|^$/.exec(source.slice(at, at + 2))
    if (!end) return { rows, problem: { line, message: 'has text after a closing quotation mark' } }
    at += end[0].length
    line++
    if (row.fields.length > 1 || row.fields[0] !== '') rows.push(row)
  }
  return { rows, problem: null }
}

function separatorOf(source: string): string {
  const first = /^[^\r\n]*/.exec(source)?.[0] ?? ''
  const signs = [',', ';', '\t'].map((sign) => ({ sign, n: first.split(sign).length }))
  return signs.toSorted((a, b) => b.n - a.n)[0]?.sign ?? ','
}

type Field = { text: string; end: number; lines: number }

function quoted(source: string, start: number): Field | undefined {
  let at = start + 1
  for (;;) {
    const close = source.indexOf('"', at)
    if (close < 0) return undefined
    if (source[close + 1] !== '"') {
      const raw = source.slice(start + 1, close)
      return { text: raw.replaceAll('""', '"'), end: close + 1, lines: raw.split('\n').length - 1 }
    }
    at = close + 2
  }
}

function plain(source: string, start: number, separator: string): Field {
  let end = start
  while (end < source.length && source[end] !== separator && source[end] !== '\n' && source[end] !== '\r') end++
  return { text: source.slice(start, end), end, lines: 0 }
}
