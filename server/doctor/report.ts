import type { Finding, Level } from './finding.ts'

const words: Record<Level, string> = { ok: 'OK', warning: 'warning', problem: 'PROBLEM' }

/** What was found, for a terminal: a line each, below it what to do, and the sum at the end. */
export function reportOf(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ check, about, level, found, todo }) => [
    `${words[level].padEnd(8)} ${check.padEnd(20)} ${about}: ${found}`,
    ...(todo ? [`${' '.repeat(30)}→ ${todo}`] : []),
  ])
  const n = (level: Level) => findings.filter((finding) => finding.level === level).length
  const several = (level: 'warning' | 'problem') => `${n(level)} ${level}${n(level) === 1 ? '' : 's'}`
  return `${[...lines, '', `${n('ok')} OK, ${several('warning')}, ${several('problem')}`].join('\n')}\n`
}
