import { useEffect, useState } from 'react'

/**
 * `opened`, but false when first drawn: a layer gives the focus back only to what had it when it went from closed to open, and a
 * layer fetched on demand is drawn open from the start.
 */
export function useOpened(opened: boolean): boolean {
  const [drawn, setDrawn] = useState(false)
  useEffect(() => {
    const frame = requestAnimationFrame(() => setDrawn(true))
    return () => cancelAnimationFrame(frame)
  }, [])
  return drawn && opened
}
