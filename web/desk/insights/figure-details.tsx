import type { Kpi } from '#contract/kpi.ts'
import { span } from '../inbox/ticket/span.ts'
import { t } from '../messages/translate.ts'
import css from './figure-card.module.css'
import { count, ofWords, percent, roundSpan } from './figure-words.ts'
import { ShareBar } from './share-bar.tsx'

/** The lines under a figure's headline: n always, then what that kind of figure has. */
export function FigureDetails({ kpi }: { kpi: Kpi }) {
  const { id } = kpi.definition
  if (id === 'csat') return <Csat kpi={kpi} />
  if (id === 'reopened' || id === 'one_touch') return <OfSolved kpi={kpi} />
  if (id === 'solved' || id === 'backlog') return null
  return <Durations kpi={kpi} />
}

function Durations({ kpi }: { kpi: Kpi }) {
  const { p90, n, withinTarget, censored } = kpi
  return (
    <>
      <p className={css.line}>
        {p90 !== null && `${t('figure.p90', { value: span(p90) })} · `}
        {t('figure.n', { n })}
      </p>
      {withinTarget &&
        (withinTarget.share.value === null ? (
          <p className={css.line}>{t('figure.within.few', { target: roundSpan(withinTarget.targetMs) })}</p>
        ) : (
          <ShareBar
            share={withinTarget.share}
            label={t('figure.within', {
              value: percent(withinTarget.share.value),
              target: roundSpan(withinTarget.targetMs),
              n: withinTarget.share.of,
            })}
          />
        ))}
      {censored && censored.n > 0 && (
        <p className={css.line}>
          {t('figure.waiting', { count: censored.n })}
          {censored.median !== null && t('figure.waiting.median', { median: span(censored.median) })}
        </p>
      )}
    </>
  )
}

function OfSolved({ kpi }: { kpi: Kpi }) {
  const { share, count: times } = kpi
  if (!share) return <p className={css.line}>{t('figure.n', { n: kpi.n })}</p>
  return (
    <>
      <ShareBar share={share} label={ofWords(share)} />
      {times !== null && <p className={css.line}>{t('figure.times', { count: times })}</p>}
    </>
  )
}

function Csat({ kpi }: { kpi: Kpi }) {
  const { share, response } = kpi
  if (!share || !response) return null
  if (share.of === 0) return <p className={css.line}>{t('figure.unrated')}</p>
  return (
    <>
      <ShareBar share={share} label={ofWords(share)} />
      <p className={css.line}>
        {response.value === null
          ? t('figure.response.few', { part: response.part, of: response.of })
          : t('figure.response', { value: percent(response.value) })}
      </p>
    </>
  )
}

/** One line for the table of further figures. */
export function detailText(kpi: Kpi): string {
  const parts = [
    kpi.p90 !== null && t('figure.p90', { value: span(kpi.p90) }),
    kpi.share && ofWords(kpi.share),
    t('figure.n', { n: count(kpi.n) }),
  ]
  return parts.filter(Boolean).join(' · ')
}
