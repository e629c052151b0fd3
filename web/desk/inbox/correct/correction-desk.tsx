import { lazy, Suspense } from 'react'
import type { Ticket } from '#contract/inbox.ts'
import { useCorrecting } from './correcting.ts'

const SelectionBar = lazy(() => import('./selection-bar.tsx').then(({ SelectionBar }) => ({ default: SelectionBar })))
const MoveDialog = lazy(() => import('./move-dialog.tsx').then(({ MoveDialog }) => ({ default: MoveDialog })))
const SplitDialog = lazy(() => import('./split-dialog.tsx').then(({ SplitDialog }) => ({ default: SplitDialog })))
const SenderDialog = lazy(() => import('./sender-dialog.tsx').then(({ SenderDialog }) => ({ default: SenderDialog })))

/** Whatever correction of this ticket is under way: messages being chosen, or one of the dialogs. */
export function CorrectionDesk({ ticket }: { ticket: Ticket }) {
  const correcting = useCorrecting(ticket.id)
  if (!correcting) return null
  const { asked, chosen } = correcting
  return (
    <Suspense>
      {asked === null && <SelectionBar correcting={correcting} />}
      {asked === 'split' && <SplitDialog ticket={ticket} messageIds={chosen} />}
      {asked === 'sender' && <SenderDialog ticket={ticket} />}
      {(asked === 'move' || asked === 'merge') && (
        <MoveDialog ticket={ticket} messageIds={asked === 'move' ? chosen : null} />
      )}
    </Suspense>
  )
}
