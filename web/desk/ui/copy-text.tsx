import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { t } from '../messages/translate.ts'
import { IconButton } from './icon-button.tsx'

/** Copies a text (an id, a link, a secret) and says so on the button. */
export function CopyText({ text, label = t('ui.copy') }: { text: string; label?: string }) {
  const [copied, setCopied] = useState(false)
  // The clipboard exists on secure origins only; elsewhere the text stands beside, to be selected.
  const { clipboard } = navigator as { clipboard?: Clipboard }
  if (!clipboard) return null
  const copy = async (): Promise<void> => {
    await clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <IconButton
      size={24}
      icon={copied ? IconCheck : IconCopy}
      label={copied ? t('ui.copied') : label}
      onClick={() => void copy()}
    />
  )
}
