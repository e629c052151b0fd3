import type { Icon } from '@tabler/icons-react'
import {
  IconFile,
  IconFileSpreadsheet,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconPhoto,
  IconVideo,
} from '@tabler/icons-react'
import type { Attachment } from '#contract/inbox.ts'
import { t } from '../../messages/translate.ts'
import css from './attachment-tiles.module.css'
import { fileSize } from './file-size.ts'

/** What came with a message: a preview of images, else the kind of file; name, type and size. */
export function AttachmentTiles({ files }: { files: readonly Attachment[] }) {
  return (
    <ul className={css.tiles} aria-label={t('message.attachments')}>
      {files.map((file) => (
        <li key={file.id}>
          <a className={css.tile} href={file.url} target="_blank" rel="noreferrer" title={file.name}>
            <Preview file={file} />
            <span className={css.words}>
              <span className={css.name}>{file.name}</span>
              <span className={css.detail}>
                {kindOf(file)} · {fileSize(file.size)}
              </span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function Preview({ file }: { file: Attachment }) {
  if (/^image\/(png|jpeg|gif|webp)$/.test(file.type))
    return <img className={css.preview} src={file.url} alt="" loading="lazy" decoding="async" />
  const [, Mark] = kinds.find(([type]) => type.test(file.type)) ?? [null, IconFile]
  return (
    <span className={css.preview}>
      <Mark size={18} stroke={1.5} aria-hidden />
    </span>
  )
}

const kinds: [RegExp, Icon][] = [
  [/^application\/pdf$/, IconFileTypePdf],
  [/^image\//, IconPhoto],
  [/^video\//, IconVideo],
  [/zip|compressed|tar/, IconFileZip],
  [/sheet|excel|csv/, IconFileSpreadsheet],
  [/^text\//, IconFileText],
]

function kindOf({ name, type }: Attachment): string {
  const ending = /\.(\w{1,5})$/.exec(name)?.[1]
  return (ending ?? type.split('/').at(-1) ?? type).toUpperCase()
}
