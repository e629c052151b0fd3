import fontUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'
import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { t } from '../messages/translate.ts'
import { pressKey } from '../shortcuts.ts'
import { bringsColours, mailDocument } from './mail-document.ts'
import css from './sandboxed-html.module.css'

type Props = {
  /** Already sanitised by the server; this frame is the second wall. */
  html: string
  /** Let the frame fetch http(s) images. The page's own content policy must allow them, too: a srcdoc frame inherits it. */
  allowRemote?: boolean
  label?: string
}

/**
 * A customer's HTML in a frame that runs no script, posts no form and leaves the page only by a click, into a new tab. It grows
 * to the height of its content, and key presses in it reach the desk's shortcuts.
 */
export function SandboxedHtml({ html, allowRemote = false, label }: Props) {
  const frame = useRef<HTMLIFrameElement>(null)
  const watcher = useRef<ResizeObserver>(null)
  const [height, setHeight] = useState(0)
  const isDark = useComputedColorScheme('light') === 'dark'
  const paper = isDark && bringsColours(html)
  const page = useMemo(
    () =>
      mailDocument(html, {
        dark: isDark && !paper,
        origin: location.origin,
        allowRemote,
        fontUrl: new URL(fontUrl, location.origin).href,
      }),
    [html, isDark, paper, allowRemote],
  )

  const fit = (): void => {
    const inside = frame.current?.contentDocument
    if (!inside?.body) return
    watcher.current?.disconnect()
    watcher.current = new ResizeObserver(() => setHeight(Math.ceil(inside.body.getBoundingClientRect().height)))
    watcher.current.observe(inside.body)
    inside.addEventListener('keydown', pressKey)
  }
  useEffect(() => () => watcher.current?.disconnect(), [])

  return (
    <div className={css.box} data-paper={paper || undefined}>
      <iframe
        ref={frame}
        className={css.frame}
        // A frame whose scheme is not its document's gets an opaque ground.
        style={{ height: height || 24, colorScheme: isDark && !paper ? 'dark' : 'light' }}
        title={label ?? t('ui.emailFrame')}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        onLoad={fit}
        srcDoc={page}
      />
    </div>
  )
}
