import { ActionIcon, Progress } from '@mantine/core'
import { IconPaperclip, IconX } from '@tabler/icons-react'
import type { Attachment } from '#contract/inbox.ts'
import { t } from '../../messages/translate.ts'
import { fileSize } from '../conversation/file-size.ts'
import css from './pending-files.module.css'
import type { Upload } from './use-uploads.ts'

type Props = { attachments: readonly Attachment[]; uploads: readonly Upload[]; onRemove: (id: string) => void }

/** Files that go with the message, and those still on their way. */
export function PendingFiles({ attachments, uploads, onRemove }: Props) {
  if (attachments.length + uploads.length === 0) return null
  return (
    <ul className={css.files} aria-label={t('message.attachments')}>
      {attachments.map(({ id, name, size, url }) => (
        <li key={id} className={css.file}>
          <IconPaperclip size={16} stroke={1.5} aria-hidden />
          <a className={css.name} href={url} target="_blank" rel="noreferrer">
            {name}
          </a>
          <span className={css.size}>{fileSize(size)}</span>
          <Remove label={t('composer.removeFile', { name })} onClick={() => onRemove(id)} />
        </li>
      ))}
      {uploads.map(({ key, name, size, share, stop }) => (
        <li key={key} className={css.file}>
          <IconPaperclip size={16} stroke={1.5} aria-hidden />
          <span className={css.name}>{name}</span>
          <Progress
            className={css.progress}
            value={share * 100}
            size="xs"
            aria-label={t('composer.uploading', { name })}
          />
          <span className={css.size}>{fileSize(size)}</span>
          <Remove label={t('composer.stopUpload', { name })} onClick={stop} />
        </li>
      ))}
    </ul>
  )
}

function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <ActionIcon size={24} aria-label={label} title={label} onClick={onClick}>
      <IconX size={14} stroke={1.75} aria-hidden />
    </ActionIcon>
  )
}
