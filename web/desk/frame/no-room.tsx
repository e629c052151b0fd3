import { IconLock } from '@tabler/icons-react'
import { t } from '../messages/translate.ts'
import { EmptyState } from '../ui/empty-state.tsx'

/** Shown instead of a page whose permission the agent does not hold. */
export function NoRoom() {
  return <EmptyState heading icon={IconLock} title={t('frame.noRoom.title')} hint={t('frame.noRoom.hint')} />
}
