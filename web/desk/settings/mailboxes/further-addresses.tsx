import { Switch, TagsInput } from '@mantine/core'
import { t } from '../../messages/translate.ts'

type Props = {
  aliases: string[]
  answerFromAlias: boolean
  error: string | undefined
  onChange: (change: { aliases?: string[]; answerFromAlias?: boolean }) => void
}

/** The other addresses of a mailbox. */
export function FurtherAddresses({ aliases, answerFromAlias, error, onChange }: Props) {
  return (
    <>
      <TagsInput
        label={t('mailboxes.aliases')}
        description={t('mailboxes.aliases.hint')}
        placeholder={aliases.length === 0 ? 'help@example.com' : undefined}
        splitChars={[',', ';', ' ']}
        acceptValueOnBlur
        maxTags={50}
        error={error}
        value={aliases}
        onChange={(next) => onChange({ aliases: next.map((alias) => alias.toLowerCase()) })}
      />
      {aliases.length > 0 && (
        <Switch
          label={t('mailboxes.fromAlias')}
          description={t('mailboxes.fromAlias.hint')}
          checked={answerFromAlias}
          onChange={(event) => onChange({ answerFromAlias: event.currentTarget.checked })}
        />
      )}
    </>
  )
}
