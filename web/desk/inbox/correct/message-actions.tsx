import { lazy, Suspense } from 'react'
import type { Message } from '#contract/inbox.ts'
import { useMay } from '../../session.ts'

const MessageMenu = lazy(() => import('./message-menu.tsx').then(({ MessageMenu }) => ({ default: MessageMenu })))

/** Keeps the place of a message's menu until it is there, so that nothing shifts. */
export function MessageActions({ message }: { message: Message }) {
  const may = useMay('tickets.manage')
  if (!may) return null
  return (
    <span style={{ display: 'inline-grid', width: 28, height: 28, placeItems: 'center' }}>
      <Suspense>
        <MessageMenu message={message} />
      </Suspense>
    </span>
  )
}
