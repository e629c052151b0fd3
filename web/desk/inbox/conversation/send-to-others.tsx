import { Button } from '@mantine/core'
import { t } from '../../messages/translate.ts'
import { SheetFooter } from '../../ui/sheet.tsx'
import type { SendingToOthers } from './use-send-to-others.ts'

/** The foot of a sheet whose mail leaves once somebody is named. */
export function SendToOthers({ to, send, isPending, action }: SendingToOthers & { action: string }) {
  return (
    <SheetFooter>
      <Button
        disabled={to.length === 0}
        title={to.length === 0 ? t('tries.needsTo') : undefined}
        loading={isPending}
        onClick={send}
      >
        {action}
      </Button>
    </SheetFooter>
  )
}
