import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { wordsFor } from '../api-error.ts'
import { t } from '../messages/translate.ts'
import css from './states.module.css'

type Props = { error: unknown; onRetry?: () => void; compact?: boolean }

/** Says what could not be loaded, why, and offers to try again. */
export function ErrorState({ error, onRetry, compact }: Props) {
  return (
    <div className={css.state} role="alert" data-compact={compact || undefined}>
      <span className={css.mark} data-tone="danger" aria-hidden>
        <IconAlertTriangle size={20} stroke={1.5} />
      </span>
      <p className={css.title}>{t('ui.errorTitle')}</p>
      <p className={css.hint}>{wordsFor(error)}</p>
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          {t('ui.retry')}
        </Button>
      )}
    </div>
  )
}
