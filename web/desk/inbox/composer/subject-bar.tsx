import { Button } from '@mantine/core'
import { IconGitFork } from '@tabler/icons-react'
import { t } from '../../messages/translate.ts'
import css from './composer.module.css'

type Props = {
  subject: string
  other: string
  /** The subject chosen so far; null for the ticket's. */
  chosen: string | null
  onChoose: (subject: string | null) => void
}

/** Says under which subject an answer leaves when the mail it answers has another one than the ticket. */
export function SubjectBar({ subject, other, chosen, onChoose }: Props) {
  const [now, instead] = chosen === null ? [subject, other] : [other, subject]
  return (
    <div className={css.bar} role="status">
      <IconGitFork size={16} stroke={1.5} aria-hidden />
      <span className={css.barText}>{t('composer.subject', { subject: now })}</span>
      <Button variant="default" size="xs" onClick={() => onChoose(chosen === null ? other : null)}>
        {t('composer.subjectUse', { subject: instead })}
      </Button>
    </div>
  )
}
