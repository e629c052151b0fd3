import { IconChevronDown, IconChevronUp, IconChevronsUp, IconMinus } from '@tabler/icons-react'
import type { Priority } from '#contract/inbox.ts'
import { t } from '../../messages/translate.ts'

const marks = {
  low: { icon: IconChevronDown, colour: 'var(--ms-text-3)' },
  normal: { icon: IconMinus, colour: 'var(--ms-text-3)' },
  high: { icon: IconChevronUp, colour: 'var(--ms-warn-text)' },
  urgent: { icon: IconChevronsUp, colour: 'var(--ms-danger-text)' },
}

/** An icon for every priority but the normal one, which needs no attention; `always` shows that, too. */
export function PriorityMark({ priority, always }: { priority: Priority; always?: boolean }) {
  if (priority === 'normal' && !always) return null
  const { icon: Mark, colour } = marks[priority]
  const name = t(`priority.long.${priority}`)
  return (
    <span role="img" aria-label={name} title={name} style={{ display: 'inline-flex', color: colour }}>
      <Mark size={16} stroke={1.75} aria-hidden />
    </span>
  )
}
