import { Popover, UnstyledButton } from '@mantine/core'
import { IconArrowLeft, IconChevronDown, IconLayoutSidebarRight } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { t } from '../messages/translate.ts'
import { useGo } from '../page-params.ts'
import css from './folded-panes.module.css'
import { IconButton } from './icon-button.tsx'
import { usePanes } from './panes-context.ts'

/** The title of the list pane; where the views are folded it opens them as a menu. */
export function FoldedViews({ title }: { title: ReactNode }) {
  const { views, viewsFolded } = usePanes()
  const [open, setOpen] = useState(false)
  if (!viewsFolded || !views) return <h1 className="truncate">{title}</h1>
  return (
    <h1>
      <Popover opened={open} onChange={setOpen} position="bottom-start" width={240} trapFocus>
        <Popover.Target>
          <UnstyledButton className={css.button} onClick={() => setOpen(!open)}>
            <span className="sr-only">{t('pane.openViews')}: </span>
            <span className="truncate">{title}</span>
            <IconChevronDown size={16} stroke={1.75} aria-hidden />
          </UnstyledButton>
        </Popover.Target>
        {/* Following a link in it is choosing: the menu closes. */}
        <Popover.Dropdown p={0} className={css.menu} onClick={() => setOpen(false)}>
          {views}
        </Popover.Dropdown>
      </Popover>
    </h1>
  )
}

/** Opens the facts where they are folded; nothing where they stand beside. */
export function FoldedFacts() {
  const { hasFacts, factsFolded, openFacts } = usePanes()
  if (!hasFacts || !factsFolded) return null
  return <IconButton icon={IconLayoutSidebarRight} label={t('pane.openFacts')} onClick={openFacts} />
}

/** The way back to the list where only one of list and main fits; nothing where both stand side by side. */
export function BackToList({ href }: { href: string }) {
  const { both } = usePanes()
  const go = useGo()
  if (both) return null
  return <IconButton icon={IconArrowLeft} label={t('pane.backToList')} keys="Escape" onClick={() => go(href)} />
}
