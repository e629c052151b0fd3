import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '../messages/translate.ts'
import css from './sheet.module.css'
import { useCloseByEscape } from './use-close-by-escape.ts'
import { useOpened } from './use-opened.ts'

type Props = {
  opened: boolean
  onClose: () => void
  title: ReactNode
  /** Largest width in pixels; the whole window where that is narrower. */
  width?: number
  children: ReactNode
}

/** A layer from the right in which one thing is done from top to bottom; it keeps the focus and closes by Esc. */
export function Sheet({ opened, onClose, title, width = 520, children }: Props) {
  const onKeyDown = useCloseByEscape(opened, onClose)
  return (
    <Drawer
      opened={useOpened(opened)}
      onClose={onClose}
      title={title}
      position="right"
      size={width}
      closeOnEscape={false}
      onKeyDown={onKeyDown}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      classNames={{ content: css.content, header: css.header, body: css.body, title: css.title }}
    >
      <div ref={keepFocus} tabIndex={-1} className={css.inner}>
        {children}
      </div>
    </Drawer>
  )
}

/** What had the focus may go away while its work goes on (a form becomes its receipt): the focus stays in the layer then. */
function keepFocus(inner: HTMLDivElement | null): (() => void) | undefined {
  if (!inner) return undefined
  const watch = new MutationObserver(() => {
    if (document.activeElement === document.body) inner.focus({ preventScroll: true })
  })
  watch.observe(inner, { childList: true, subtree: true })
  return () => watch.disconnect()
}

/** The scrolling part of a sheet. */
export function SheetBody({ children }: { children: ReactNode }) {
  return <div className={css.scroller}>{children}</div>
}

/** What stays in sight at the bottom of a sheet: its one action. */
export function SheetFooter({ children }: { children: ReactNode }) {
  return <div className={css.footer}>{children}</div>
}

type PartProps = { title: ReactNode; aside?: ReactNode; children: ReactNode }

/** One step of a sheet under its own heading. */
export function SheetPart({ title, aside, children }: PartProps) {
  return (
    <section className={css.part}>
      <header className={css.partHead}>
        <h3 className={css.partTitle}>{title}</h3>
        {aside}
      </header>
      {children}
    </section>
  )
}
