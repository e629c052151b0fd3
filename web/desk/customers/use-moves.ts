import { t } from '../messages/translate.ts'
import { useGo } from '../page-params.ts'
import { useShortcut } from '../shortcuts.ts'

/** j and k through a list. */
export function useMoves(
  rows: readonly { id: string }[],
  activeId: string | undefined,
  pathOf: (id: string) => string,
): void {
  const go = useGo()
  const at = rows.findIndex(({ id }) => id === activeId)
  const move = (step: 1 | -1): void => {
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))]
    if (next && next.id !== activeId) go(pathOf(next.id), { replace: activeId !== undefined })
  }
  useShortcut({ keys: 'j', label: t('customers.next'), run: () => move(1), hidden: true })
  useShortcut({ keys: 'k', label: t('customers.previous'), run: () => move(-1), hidden: true })
}
