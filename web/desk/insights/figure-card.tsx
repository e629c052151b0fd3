import { Tooltip, UnstyledButton } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Kpi } from '#contract/kpi.ts'
import { t } from '../messages/translate.ts'
import { Link } from '../ui/link.tsx'
import css from './figure-card.module.css'
import { changeWords, count, exclusionWords, headline } from './figure-words.ts'

type Props = {
  kpi: Kpi
  /** The same figure over the days before, once it is there. */
  before: { kpi: Kpi | undefined; days: number } | null
  /** Where the tickets behind it are. */
  href: string
  children?: ReactNode
}

/** One figure: value, change, what it rests on and what was left out; the whole headline opens its tickets. */
export function FigureCard({ kpi, before, href, children }: Props) {
  const { id } = kpi.definition
  const name = t(`kpi.${id}`)
  const value = headline(kpi)
  // Those still waiting have a line of their own, with the median that takes their waiting into account.
  const leftOut = kpi.excluded.filter(({ reason }) => !(kpi.censored && reason === 'waiting'))
  const change = before && changeWords(kpi, before.kpi)
  return (
    <section className={css.card} aria-label={name}>
      <header className={css.head}>
        <h2 className={css.name}>{name}</h2>
        <Definition kpi={kpi} />
      </header>
      <Link href={href} className={css.value}>
        {value === null ? (
          <span className={css.few}>{t('figure.hidden')}</span>
        ) : (
          <>
            <span className={css.number}>{value}</span>
            {kpi.unit === 'ms' && id !== 'backlog' && id !== 'reopened' && (
              <span className={css.unit}>{t('figure.median')}</span>
            )}
          </>
        )}
        <span className="sr-only"> {t('insights.open', { figure: name })}</span>
      </Link>
      {value === null && <p className={css.line}>{t('figure.hidden.why')}</p>}
      {before && change && <p className={css.line}>{t('figure.change', { change, days: before.days })}</p>}
      {children}
      {leftOut.length > 0 && (
        <p className={css.excluded}>
          {t('figure.excluded', {
            list: leftOut.map(({ reason, n }) => `${count(n)} ${exclusionWords(reason)}`).join(', '),
          })}
        </p>
      )}
    </section>
  )
}

/** What a figure means, on hover and on focus. */
export function Definition({ kpi }: { kpi: Kpi }) {
  const { text, version } = kpi.definition
  return (
    <Tooltip
      multiline
      w={320}
      openDelay={100}
      label={
        <>
          <strong>{t('figure.definition', { version })}</strong>
          <br />
          {text}
        </>
      }
    >
      <UnstyledButton className={css.info} aria-label={`${t('figure.definition', { version })}: ${text}`}>
        <IconInfoCircle size={16} stroke={1.5} aria-hidden />
      </UnstyledButton>
    </Tooltip>
  )
}
