import { PasswordInput, Select, TextInput } from '@mantine/core'
import { TlsPolicy } from '#contract/sending.ts'
import { t } from '../../messages/translate.ts'
import css from '../settings-form.module.css'
import { HostFields } from './host-fields.tsx'
import type { SenderDraft } from './sender-draft.ts'

type Props = {
  draft: SenderDraft
  /** Whether one is stored, which an empty field keeps. */
  hasPassword: boolean
  problems: Partial<Record<'host' | 'port' | 'username', string | undefined>>
  onChange: (part: Partial<SenderDraft>) => void
}

/** Where a mailbox's own mail server is and how to get in. */
export function ServerFields({ draft, hasPassword, problems, onChange }: Props) {
  return (
    <>
      <HostFields value={draft} example="smtp.example.com" problems={problems} onChange={onChange} />
      <Select
        label={t('sender.secure')}
        description={t('sender.secure.hint')}
        allowDeselect={false}
        data={[
          { value: 'starttls', label: t('sender.secure.starttls') },
          { value: 'tls', label: t('sender.secure.tls') },
        ]}
        value={draft.secure ? 'tls' : 'starttls'}
        onChange={(value) => {
          const secure = value === 'tls'
          const isUsual = draft.port === (draft.secure ? 465 : 587)
          onChange({ secure, ...(isUsual && { port: secure ? 465 : 587 }) })
        }}
      />
      <Select
        label={t('sender.tls')}
        description={t('sender.tls.hint')}
        allowDeselect={false}
        data={TlsPolicy.options.map((value) => ({ value, label: t(`sender.tls.${value}`) }))}
        value={draft.tls}
        onChange={(value) => onChange({ tls: TlsPolicy.parse(value) })}
      />
      <div className={css.pair}>
        <TextInput
          label={t('sender.user')}
          autoComplete="off"
          spellCheck={false}
          maxLength={254}
          error={problems.username}
          value={draft.username}
          onChange={(event) => onChange({ username: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('sender.password')}
          description={hasPassword ? t('sender.password.kept') : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="new-password"
          maxLength={500}
          value={draft.password}
          onChange={(event) => onChange({ password: event.currentTarget.value })}
        />
      </div>
    </>
  )
}
