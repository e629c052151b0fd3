import {
  IconArrowBackUp,
  IconCalendarX,
  IconFileMinus,
  type Icon,
  IconMail,
  IconPlugConnected,
  IconWallet,
} from '@tabler/icons-react'
import type { RefundPreview } from '#contract/billing.ts'
import css from './effects-list.module.css'

type Effect = RefundPreview['effects'][number]

const icons: Record<Effect['kind'], Icon> = {
  credit_note: IconFileMinus,
  refund: IconArrowBackUp,
  mail: IconMail,
  balance: IconWallet,
  subscription: IconCalendarX,
  product: IconPlugConnected,
}

/** What will happen, in its order, with exact amounts. */
export function EffectsList({ effects }: { effects: readonly Effect[] }) {
  return (
    <ol className={css.list}>
      {effects.map(({ kind, sentence }) => {
        const Mark = icons[kind]
        return (
          <li key={sentence} className={css.effect}>
            <Mark size={16} stroke={1.5} aria-hidden className={css.mark} />
            <span>{sentence}</span>
          </li>
        )
      })}
    </ol>
  )
}
