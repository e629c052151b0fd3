import type { ExplanationLine } from '#contract/billing.ts'
import type * as z from 'zod'
import { MoneyText } from '../../ui/money-text.tsx'
import css from './explained-lines.module.css'

type Props = {
  /** The table's name when read out. */
  label: string
  lines: z.infer<typeof ExplanationLine>[]
  /** Code of the line that does not add up. */
  fault?: string | null
}

/** What it is, how it is reckoned, how much; sums on the way stand over a rule. */
export function ExplainedLines({ label, lines, fault }: Props) {
  return (
    <table className={css.table} aria-label={label}>
      <tbody>
        {lines.map(({ code, what, sentence, money, kind }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- lines of an explanation have no identity but their place
          <tr key={index} data-kind={kind} data-fault={code === fault || undefined}>
            <td>
              <div className={css.what}>{what}</div>
              {sentence && <div className={css.sentence}>{sentence}</div>}
            </td>
            <td data-align="right">
              <MoneyText money={money} strong={kind === 'total'} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
