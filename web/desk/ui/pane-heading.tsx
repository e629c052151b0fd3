import type { ReactNode } from 'react'
import { usePanes } from './panes-context.ts'

/** The title of the main pane: the page's own heading where it stands alone, below the list's where both are shown. */
export function PaneHeading({ children }: { children: ReactNode }) {
  const { both } = usePanes()
  const Heading = both ? 'h2' : 'h1'
  return (
    <Heading className="truncate" style={{ flex: 1 }}>
      {children}
    </Heading>
  )
}
