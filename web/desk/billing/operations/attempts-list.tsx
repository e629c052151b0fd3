import type { Operation } from '#contract/billing.ts'
import { t, type PlainKey } from '../../messages/translate.ts'
import type { Tone } from '../../tokens.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import css from './attempts-list.module.css'

const outcomes: Record<string, [Tone, PlainKey]> = {
  started: ['third', 'attempt.started'],
  ok: ['done', 'attempt.ok'],
  found: ['done', 'attempt.found'],
  absent: ['neutral', 'attempt.absent'],
  accepted: ['third', 'attempt.accepted'],
  refused: ['danger', 'attempt.refused'],
  failed: ['danger', 'attempt.failed'],
  connection_lost: ['warn', 'attempt.connection_lost'],
  timeout: ['warn', 'attempt.timeout'],
  '409': ['warn', 'attempt.409'],
  '429': ['warn', 'attempt.429'],
  '4xx': ['danger', 'attempt.4xx'],
  '5xx': ['warn', 'attempt.5xx'],
}

/** Every call and look-up, oldest first, with its key. */
export function AttemptsList({ attempts }: { attempts: Operation['attempts'] }) {
  return (
    <ol className={css.list}>
      {attempts.map(({ key, at, outcome, detail }) => {
        const [tone, label] = outcomes[outcome] ?? (['neutral', null] as const)
        return (
          <li key={`${key} ${at} ${outcome}`} className={css.attempt}>
            <span className={css.line}>
              <StatusBadge tone={tone} quiet>
                {label ? t(label) : outcome}
              </StatusBadge>
              <span className={css.key} title={key}>
                {key}
              </span>
              <span className={css.when}>
                <RelativeTime at={at} />
              </span>
            </span>
            {detail && <span className={css.detail}>{detail}</span>}
          </li>
        )
      })}
    </ol>
  )
}
