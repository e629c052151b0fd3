import { t } from '../../messages/translate.ts'
import css from '../settings-form.module.css'

type Props = { title: string; from?: string; text: string; signature: string; number?: string }

/** A mail as its reader gets it: sender and subject where they matter, the text, the signature. */
export function MailPreview({ title, from, text, signature, number = '' }: Props) {
  return (
    <section aria-label={title}>
      <p className={css.label}>{title}</p>
      <div className={css.preview}>
        {from && (
          <p className={css.previewHead}>
            {t('mailboxes.preview.from', { from })}
            <br />
            {t('mailboxes.preview.subject', { number })}
          </p>
        )}
        <pre className={css.previewBody}>{signature.trim() ? `${text}\n\n${signature}` : text}</pre>
      </div>
    </section>
  )
}
