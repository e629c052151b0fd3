import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { t } from '../messages/translate.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'

/** A page that could not be loaded or drawn. A missing chunk means that a newer build replaced the one this page came from. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  if (/dynamically imported module|Importing a module script/i.test(String(error)))
    return (
      <EmptyState
        icon={IconRefresh}
        title={t('frame.newVersion')}
        action={<Button onClick={() => location.reload()}>{t('frame.reload')}</Button>}
      />
    )
  const again = (): void => {
    reset()
    void router.invalidate()
  }
  return <ErrorState error={error} onRetry={again} />
}
