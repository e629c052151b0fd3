import { useEffect, useState } from 'react'
import { lastFocus } from './last-focus.ts'

/**
 * Gives the focus back when a layer goes that is there only while it is open: to what had it before the layer came. Whoever has
 * taken the focus meanwhile keeps it.
 */
export function useFocusBack(): void {
  const [had] = useState(lastFocus)
  useEffect(
    () => () => {
      setTimeout(() => {
        const { activeElement } = document
        if (!activeElement || activeElement === document.body) had?.focus()
      })
    },
    [had],
  )
}
