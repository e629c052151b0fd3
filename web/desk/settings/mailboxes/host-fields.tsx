import '../../messages/rooms/mailbox-feed.ts'
import { NumberInput, TextInput } from '@mantine/core'
import { t } from '../../messages/translate.ts'
import css from '../settings-form.module.css'

type Where = { host: string; port: number }

type Props = {
  value: Where
  /** Such as `imap.example.com`. */
  example: string
  problems: { [field in keyof Where]?: string | undefined }
  autoFocus?: boolean
  onChange: (part: Partial<Where>) => void
}

/** Where a mail server is: its name and its port, side by side. */
export function HostFields({ value, example, problems, autoFocus, onChange }: Props) {
  return (
    <div className={css.pair}>
      <TextInput
        label={t('server.host')}
        placeholder={example}
        required
        data-autofocus={autoFocus || undefined}
        spellCheck={false}
        maxLength={253}
        error={problems.host}
        value={value.host}
        onChange={(event) => onChange({ host: event.currentTarget.value })}
      />
      <NumberInput
        label={t('server.port')}
        min={1}
        max={65_535}
        allowDecimal={false}
        error={problems.port}
        value={value.port}
        onChange={(port) => onChange({ port: Number(port) })}
      />
    </div>
  )
}
