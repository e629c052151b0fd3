import { Button } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { allowRemoteImages, type Message } from '#contract/inbox.ts'
import { call } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { SandboxedHtml } from '../../ui/sandboxed-html.tsx'
import { errorToast } from '../../ui/toast.tsx'
import css from './letter-body.module.css'
import { PlainLetter } from './plain-letter.tsx'
import { textParts } from './text-parts.ts'

/** What was written: HTML in a frame of its own, its quotes folded, remote images only when asked for; else plain text. */
export function LetterBody({ message }: { message: Message }) {
  const [plain, setPlain] = useState(false)
  const images = useMutation({
    mutationFn: () => call(allowRemoteImages, { params: { id: message.id } }),
    onError: errorToast,
  })
  if (message.html === null) return <PlainLetter message={message} />
  const shown = images.data ?? message
  const withheld = message.remoteImages.count > 0 && !images.data && !plain
  return (
    <div className={css.body}>
      {withheld && (
        <div className={css.notice}>
          <IconPhoto size={16} stroke={1.5} aria-hidden />
          <span className={css.words}>{t('message.images', { count: message.remoteImages.count })}</span>
          <Button variant="default" size="xs" loading={images.isPending} onClick={() => images.mutate()}>
            {t('message.loadImages')}
          </Button>
        </div>
      )}
      {plain ? (
        <PlainLetter message={message} />
      ) : (
        <div className="reading">
          <SandboxedHtml
            html={countQuotes(shown.html ?? '', message)}
            allowRemote={Boolean(images.data)}
            label={t('message.frame', { name: message.author.name })}
          />
        </div>
      )}
      {message.kind === 'inbound' && (
        <button type="button" className={css.switch} onClick={() => setPlain(!plain)}>
          {plain ? t('message.showHtml') : t('message.showPlain')}
        </button>
      )}
    </div>
  )
}

/** The server folds quotes into <details>; the only one says how much is in it. */
function countQuotes(html: string, message: Message): string {
  const lines = textParts(message).reduce((sum, { kind, lines }) => (kind === 'quote' ? sum + lines : sum), 0)
  const folds = html.split('<summary>•••</summary>').length - 1
  const words = folds === 1 && lines > 0 ? t('message.quoted', { count: lines }) : t('message.quotedSome')
  return html.replaceAll('<summary>•••</summary>', `<summary>${words}</summary>`)
}
