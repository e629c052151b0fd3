import type { ViewId } from '#contract/inbox.ts'
import { t } from '../../messages/translate.ts'
import { useGo } from '../../page-params.ts'
import { paths } from '../../paths.ts'
import { useShortcut } from '../../shortcuts.ts'

/** `v` and a letter opens a view; the palette lists them by name. */
export function useViewKeys(): void {
  useViewKey('next', 'n')
  useViewKey('mine', 'm')
  useViewKey('unassigned', 'u')
  useViewKey('open', 'o')
  useViewKey('pending', 'p')
  useViewKey('attention', 'a')
  useViewKey('solved', 's')
  useViewKey('all', 'l')
}

function useViewKey(view: ViewId, letter: string): void {
  const go = useGo()
  useShortcut({
    keys: `v ${letter}`,
    label: t('view.go', { view: t(`view.${view}`) }),
    group: 'go',
    run: () => go(paths.view(view)),
  })
}
