import { useEffect, useRef } from 'react'
import { t } from '../messages/translate.ts'
import { useGo } from '../page-params.ts'
import { useShortcut } from '../shortcuts.ts'

/** j and k along a list; from an item that has left it (it was just decided) they go on at the place it had. */
export function useMoves(ids: readonly string[], current: string | undefined, hrefOf: (id: string) => string): void {
  const go = useGo()
  const place = useRef(-1)
  const found = current === undefined ? -1 : ids.indexOf(current)
  useEffect(() => {
    if (found >= 0) place.current = found
  }, [found])
  const move = (step: 1 | -1): void => {
    const gone = current !== undefined && found < 0
    const at = found >= 0 ? found + step : gone ? place.current + (step > 0 ? 0 : -1) : 0
    const next = ids[Math.min(ids.length - 1, Math.max(0, at))]
    if (next !== undefined && next !== current) go(hrefOf(next), { replace: current !== undefined })
  }
  useShortcut({ keys: 'j', label: t('billing.next'), run: () => move(1), hidden: true })
  useShortcut({ keys: 'k', label: t('billing.previous'), run: () => move(-1), hidden: true })
}
