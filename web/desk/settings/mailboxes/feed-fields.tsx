import { PasswordInput, SegmentedControl, Select, Switch, TagsInput, TextInput } from '@mantine/core'
import { FeedSecurity } from '#contract/feeds.ts'
import { t } from '../../messages/translate.ts'
import { SheetPart } from '../../ui/sheet.tsx'
import css from '../settings-form.module.css'
import type { FeedDraft } from './feed-draft.ts'
import { HostFields } from './host-fields.tsx'

/** What a refusal can name, as the API calls it. */
export const feedFields = [
  'host',
  'port',
  'user',
  'folders',
  'sentFolder',
  'backfillSince',
  'auth.password',
  'auth.tokenUrl',
  'auth.clientId',
  'auth.clientSecret',
  'auth.refreshToken',
] as const

type Problems = Partial<Record<(typeof feedFields)[number], string>>

type Props = {
  draft: FeedDraft
  isNew: boolean
  problems: Problems
  onChange: (part: Partial<FeedDraft>) => void
}

const usualPorts = { tls: 993, starttls: 143, offered: 143 }

/** Where the mailbox is, how to get in, and what of it is read. */
export function FeedFields({ draft, isNew, problems, onChange }: Props) {
  const kept = isNew ? undefined : t('feed.kept')
  return (
    <>
      <SheetPart title={t('feed.server')}>
        <div className={css.stack}>
          <HostFields value={draft} example="imap.example.com" problems={problems} autoFocus onChange={onChange} />
          <Select
            label={t('feed.security')}
            allowDeselect={false}
            data={FeedSecurity.options.map((value) => ({ value, label: t(`feed.security.${value}`) }))}
            value={draft.security}
            onChange={(value) => {
              const security = FeedSecurity.parse(value)
              const isUsual = draft.port === usualPorts[draft.security]
              onChange({ security, ...(isUsual && { port: usualPorts[security] }) })
            }}
          />
          {draft.security !== 'offered' && (
            <Switch
              label={t('feed.verify')}
              description={t('feed.verify.hint')}
              checked={draft.verifyCertificate}
              onChange={(event) => onChange({ verifyCertificate: event.currentTarget.checked })}
            />
          )}
        </div>
      </SheetPart>
      <SheetPart title={t('feed.signIn')}>
        <div className={css.stack}>
          <SegmentedControl
            aria-label={t('feed.signIn')}
            data={(['password', 'oauth2'] as const).map((value) => ({ value, label: t(`feed.auth.${value}`) }))}
            value={draft.kind}
            onChange={(kind) => onChange({ kind: kind === 'oauth2' ? 'oauth2' : 'password' })}
          />
          <TextInput
            label={t('feed.user')}
            autoComplete="off"
            required
            spellCheck={false}
            maxLength={250}
            error={problems.user}
            value={draft.user}
            onChange={(event) => onChange({ user: event.currentTarget.value })}
          />
          {draft.kind === 'password' ? (
            <PasswordInput
              label={t('feed.password')}
              description={kept}
              autoComplete="new-password"
              maxLength={1000}
              error={problems['auth.password']}
              value={draft.password}
              onChange={(event) => onChange({ password: event.currentTarget.value })}
            />
          ) : (
            <TokenFields draft={draft} kept={kept} problems={problems} onChange={onChange} />
          )}
        </div>
      </SheetPart>
      <SheetPart title={t('feed.folders')}>
        <div className={css.stack}>
          <TagsInput
            label={t('feed.folders.label')}
            description={t('feed.folders.hint')}
            maxTags={20}
            error={problems.folders}
            value={draft.folders}
            onChange={(folders) => onChange({ folders })}
          />
          <Switch
            label={t('feed.sent')}
            description={t('feed.sent.hint')}
            checked={draft.readSent}
            onChange={(event) => onChange({ readSent: event.currentTarget.checked })}
          />
          {draft.readSent && (
            <TextInput
              label={t('feed.sentFolder')}
              description={t('feed.sentFolder.hint')}
              maxLength={250}
              error={problems.sentFolder}
              value={draft.sentFolder}
              onChange={(event) => onChange({ sentFolder: event.currentTarget.value })}
            />
          )}
          <TextInput
            type="date"
            label={t('feed.past')}
            description={t('feed.past.hint')}
            error={problems.backfillSince}
            value={draft.since}
            onChange={(event) => onChange({ since: event.currentTarget.value })}
          />
        </div>
      </SheetPart>
    </>
  )
}

type TokenProps = { draft: FeedDraft; kept: string | undefined; problems: Problems; onChange: Props['onChange'] }

function TokenFields({ draft, kept, problems, onChange }: TokenProps) {
  return (
    <>
      <TextInput
        label={t('feed.tokenUrl')}
        placeholder="https://login.example.com/token"
        spellCheck={false}
        maxLength={500}
        error={problems['auth.tokenUrl']}
        value={draft.tokenUrl}
        onChange={(event) => onChange({ tokenUrl: event.currentTarget.value })}
      />
      <TextInput
        label={t('feed.clientId')}
        spellCheck={false}
        maxLength={500}
        error={problems['auth.clientId']}
        value={draft.clientId}
        onChange={(event) => onChange({ clientId: event.currentTarget.value })}
      />
      {(['clientSecret', 'refreshToken'] as const).map((name) => (
        <PasswordInput
          key={name}
          label={t(`feed.${name}`)}
          description={kept}
          autoComplete="new-password"
          maxLength={name === 'clientSecret' ? 1000 : 5000}
          error={problems[`auth.${name}`]}
          value={draft[name]}
          onChange={(event) => onChange({ [name]: event.currentTarget.value })}
        />
      ))}
    </>
  )
}
