import type { Share } from '#contract/kpi.ts'
import { percent } from './figure-words.ts'
import { t } from '../messages/translate.ts'
import css from './figure-card.module.css'

type Props = {
  share: Share
  /** Before the bar; only this while there are too few to say. */
  label: string
}

/** A share from 0 to 100 % with its 95 % interval drawn over it. */
export function ShareBar({ share, label }: Props) {
  const { value, low, high } = share
  if (value === null || low === null || high === null) return <p className={css.line}>{label}</p>
  const interval = t('figure.interval', { low: percent(low), high: percent(high) })
  return (
    <div className={css.share}>
      <p className={css.line}>{label}</p>
      <div className={css.track} role="img" aria-label={interval} title={interval}>
        <span className={css.fill} style={{ width: `${value * 100}%` }} />
        <span className={css.whisker} style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }} />
      </div>
    </div>
  )
}
