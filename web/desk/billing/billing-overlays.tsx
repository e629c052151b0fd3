import { lazy, Suspense, useState } from 'react'
import { insertIntoComposer } from '../inbox/composer-insert.ts'
import { t } from '../messages/translate.ts'
import { useMay } from '../session.ts'
import { useShortcut } from '../shortcuts.ts'
import { usePanes } from '../ui/panes-context.ts'
import { toast } from '../ui/toast.tsx'
import { billingFactsId } from './facts/billing-facts-id.ts'
import { type BillingOverlay, overlayText, parseOverlay, useBillingOverlay } from './overlay.ts'
import type { ContactId, TicketId } from './queries.ts'

const Explainer = lazy(() => import('./explainer/explainer.tsx').then((file) => ({ default: file.Explainer })))
const MoneySheet = lazy(() => import('./money-sheet.tsx').then((file) => ({ default: file.MoneySheet })))

type Props = { contactId: ContactId; ticketId: TicketId }

/**
 * The layers over a ticket that are about money, and `b`. Stands in the conversation, not in the facts, which may be folded away
 * when a link opens one.
 */
export function BillingOverlays({ contactId, ticketId }: Props) {
  const may = useMay('billing.read')
  const { overlay, close } = useBillingOverlay()
  useBillingKey()
  const explain = useLast(overlay?.kind === 'explain' ? overlay : null)
  const sheet = useLast(overlay && overlay.kind !== 'explain' ? overlay : null)
  if (!may) return null
  const insert = (text: string): void => {
    insertIntoComposer(ticketId, text)
    close()
    toast(t('billing.inserted'))
  }
  return (
    <Suspense>
      {explain?.kind === 'explain' && (
        <Explainer subject={explain.subject} opened={overlay?.kind === 'explain'} onClose={close} onInsert={insert} />
      )}
      {sheet && sheet.kind !== 'explain' && (
        <MoneySheet
          overlay={sheet}
          opened={overlay !== null && overlay.kind !== 'explain'}
          contactId={contactId}
          ticketId={ticketId}
          onClose={close}
          onInsert={insert}
        />
      )}
    </Suspense>
  )
}

/** What was open last stays while its layer slides away and gives the focus back. */
function useLast(overlay: BillingOverlay | null): BillingOverlay | null {
  const text = overlay ? overlayText(overlay) : ''
  const [last, setLast] = useState(text)
  if (text && text !== last) setLast(text)
  return parseOverlay(text || last)
}

/** `b` brings the billing facts into sight, out of their drawer where they are folded. */
function useBillingKey(): void {
  const { factsFolded, openFacts } = usePanes()
  useShortcut({
    keys: 'b',
    label: t('billing.key'),
    run: () => {
      if (factsFolded) openFacts()
      focusFacts(20)
    },
  })
}

/** The drawer needs a few frames until what is in it exists. */
function focusFacts(frames: number): void {
  const facts = document.getElementById(billingFactsId)
  const target = facts?.querySelector<HTMLElement>('button') ?? facts
  if (target) {
    facts?.scrollIntoView({ block: 'start' })
    target.focus({ preventScroll: true })
  } else if (frames > 0) requestAnimationFrame(() => focusFacts(frames - 1))
}
