import { Drawer } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { type ReactNode, useMemo, useState } from 'react'
import { t } from '../messages/translate.ts'
import { useRemembered } from '../remembered.ts'
import { PanesContext } from './panes-context.ts'
import css from './panes.module.css'
import { Resizer } from './resizer.tsx'
import { useCloseByEscape } from './use-close-by-escape.ts'

type Props = {
  /** Under what the widths are remembered. */
  name: string
  /** Below 1,000 px only one of list and main fits. */
  showing: 'list' | 'main'
  views?: ReactNode
  list: ReactNode
  main: ReactNode
  facts?: ReactNode
}

const limits = {
  views: { initial: 184, min: 148, max: 280 },
  list: { initial: 344, min: 260, max: 520 },
  facts: { initial: 320, min: 260, max: 460 },
}

/**
 * Views | list | main | facts, resizable and remembered. Up to 1,280 px the views fold into a menu (FoldedViews), below 1,120
 * the facts into a drawer (FoldedFacts), below 1,000 list or main is shown.
 */
export function Panes({ name, showing, views, list, main, facts }: Props) {
  const { ref, width } = useElementSize()
  const [viewsSize, setViewsSize] = useRemembered(`pane.${name}.views`, limits.views.initial)
  const [listSize, setListSize] = useRemembered(`pane.${name}.list`, limits.list.initial)
  const [factsSize, setFactsSize] = useRemembered(`pane.${name}.facts`, limits.facts.initial)
  const [factsOpen, setFactsOpen] = useState(false)
  const closeFacts = (): void => setFactsOpen(false)
  const onFactsKeyDown = useCloseByEscape(factsOpen, closeFacts)
  // The element is the window less the rail.
  const both = width >= 940
  const viewsFolded = width < 1240
  const factsFolded = width < 1060
  const context = useMemo(
    () => ({
      views,
      viewsFolded,
      factsFolded,
      both,
      hasFacts: facts !== undefined,
      openFacts: () => setFactsOpen(true),
    }),
    [views, viewsFolded, factsFolded, both, facts],
  )
  const showList = both || showing === 'list'
  const showMain = both || showing === 'main'
  return (
    <PanesContext value={context}>
      <div ref={ref} className={css.panes}>
        {width > 0 && (
          <>
            {views && !viewsFolded && (
              <div className={css.fixed} style={{ width: viewsSize }}>
                {views}
                <Resizer label={t('pane.views')} size={viewsSize} onSize={setViewsSize} {...limits.views} />
              </div>
            )}
            {showList && (
              <div className={both ? css.fixed : css.rest} style={both ? { width: listSize } : undefined}>
                {list}
                {both && <Resizer label={t('pane.list')} size={listSize} onSize={setListSize} {...limits.list} />}
              </div>
            )}
            {showMain && <div className={css.rest}>{main}</div>}
            {facts && !factsFolded && (
              <div className={css.facts} style={{ width: factsSize }}>
                <Resizer
                  edge="start"
                  label={t('pane.facts')}
                  size={factsSize}
                  onSize={setFactsSize}
                  {...limits.facts}
                />
                {facts}
              </div>
            )}
          </>
        )}
      </div>
      {facts && factsFolded && (
        <Drawer
          opened={factsOpen}
          onClose={closeFacts}
          closeOnEscape={false}
          onKeyDown={onFactsKeyDown}
          position="right"
          size={380}
          padding={0}
          title={t('pane.facts')}
          closeButtonProps={{ 'aria-label': t('ui.close') }}
        >
          {facts}
        </Drawer>
      )}
    </PanesContext>
  )
}
