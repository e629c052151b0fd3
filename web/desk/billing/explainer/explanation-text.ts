import type { Explanation } from '#contract/billing.ts'
import { formatMoney } from '#contract/money-text.ts'

/** The lines as plain text for a letter: one a row with its amount, then the sum. What stays with us is left out. */
export function explanationText({ lines, sentence }: Explanation): string {
  const rows = lines.map(({ what, sentence: why, money, kind }) =>
    kind === 'total' ? `${what}: ${formatMoney(money)}` : `- ${what}: ${formatMoney(money)}\n  ${why}`,
  )
  return [...rows, sentence].join('\n')
}
