import { t } from '../../messages/translate.ts'
import { type Addresses, type DraftContent, isBlank } from './draft-content.ts'

type Sending = {
  content: DraftContent
  kind: DraftContent['kind']
  uploading: boolean
  /** Undefined while the desk has not said who it proposes; null when it cannot. */
  defaults: { from: unknown; to: Addresses } | null | undefined
}

/** Why what is written cannot be sent now, as a sentence; null when it can. */
export function sendReason({ content, kind, uploading, defaults }: Sending): string | null {
  if (uploading) return t('composer.waitUpload')
  if (isBlank(content)) return t('composer.blank')
  if (kind === 'note') return null
  if (defaults === null) return t('composer.noDefaults')
  if (defaults === undefined) return t('composer.findingOut')
  if (defaults.from === null) return t('composer.noMailbox')
  return (content.to ?? defaults.to).length > 0 ? null : t('composer.noRecipient')
}
