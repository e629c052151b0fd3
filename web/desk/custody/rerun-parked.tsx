import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useRefusal } from '../access.ts'
import { t } from '../messages/translate.ts'
import { DisabledReason } from '../ui/disabled-reason.tsx'

const RerunSheet = lazy(() => import('./rerun-sheet.tsx').then(({ RerunSheet: component }) => ({ default: component })))

/** The way to try many parked mails again. */
export function RerunParked() {
  const refusal = useRefusal('custody.rerun')
  const [opened, setOpened] = useState(false)
  const [asked, setAsked] = useState(false)
  return (
    <>
      <DisabledReason reason={refusal}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconRefresh size={14} stroke={1.75} />}
          onClick={() => {
            setAsked(true)
            setOpened(true)
          }}
        >
          {t('custody.bulk')}
        </Button>
      </DisabledReason>
      {asked && (
        <Suspense>
          <RerunSheet opened={opened} onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  )
}
