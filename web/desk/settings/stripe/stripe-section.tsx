import '../../messages/rooms/settings.ts'
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getMirrorStatus, type MirrorStatus } from '#contract/billing-mirror.ts'
import type { StripeAccount } from '#contract/stripe-accounts.ts'
import { useRefusal } from '../../access.ts'
import { read } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { useSearchText } from '../../page-params.ts'
import { accountsQuery } from '../../stripe-accounts.ts'
import { Card } from '../../ui/card.tsx'
import { CopyText } from '../../ui/copy-text.tsx'
import { FactsList } from '../../ui/facts-list.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import css from '../settings-form.module.css'
import { AccountsCard } from './accounts-card.tsx'
import { AuditCard } from './audit-card.tsx'
import { CopyCard } from './copy-card.tsx'

const statusQuery = (account: string) => ({
  ...read(getMirrorStatus, { query: { account } }, ['mirror']),
  // The ledger tells when a copy begins and ends; the pages between are not worth a line of it.
  refetchInterval: (query: { state: { data?: MirrorStatus } }) =>
    query.state.data && query.state.data.copy?.state === 'done' && query.state.data.waiting === 0 ? 30_000 : 2000,
})

/** The copy of Stripe: how it hears of changes, how far it is, and what audits found. */
export function StripeSection() {
  const refusal = useRefusal('billing.read')
  return refusal ? <Notice kind="locked">{refusal}</Notice> : <Status />
}

function Status() {
  const accounts = useQuery(accountsQuery)
  const [chosen, choose] = useSearchText('account')
  return (
    <Loaded query={accounts}>
      {({ items }) => {
        const shown = items.find(({ id }) => id === chosen) ?? items[0]
        return (
          <div className={css.stack}>
            <AccountsCard accounts={items} />
            {items.length > 1 && (
              <Select
                label={t('stripe.accounts.shown')}
                data={items.map((account) => ({ value: account.id, label: account.label }))}
                allowDeselect={false}
                value={shown?.id ?? null}
                onChange={(value) => choose(value ?? '')}
              />
            )}
            {shown && <AccountStatus key={shown.id} account={shown} />}
          </div>
        )
      }}
    </Loaded>
  )
}

/** How one account's mirror stands. */
function AccountStatus({ account }: { account: StripeAccount }) {
  const status = useQuery(statusQuery(account.id))
  return (
    <Loaded query={status}>
      {(mirror) => (
        <div className={css.stack}>
          <Card title={t('settings.section.stripe')}>
            {mirror.failing.count > 0 && (
              <Notice kind="warn">
                {t('stripe.failing', { count: mirror.failing.count, sentence: mirror.failing.sentence ?? '' })}
              </Notice>
            )}
            <Facts mirror={mirror} hookUrl={account.hookUrl} />
          </Card>
          <CopyCard mirror={mirror} />
          <AuditCard mirror={mirror} />
        </div>
      )}
    </Loaded>
  )
}

function Facts({ mirror, hookUrl }: { mirror: MirrorStatus; hookUrl: string }) {
  return (
    <FactsList
      facts={[
        { label: t('stripe.account'), value: t(`stripe.account.${mirror.mode}`) },
        { label: t('stripe.version'), value: <code>{mirror.apiVersion}</code> },
        { label: t('stripe.hears'), value: t(`stripe.hears.${mirror.hears}`) },
        {
          label: t('stripe.accounts.hook'),
          value: (
            <>
              <code>{hookUrl}</code> <CopyText text={hookUrl} label={t('stripe.accounts.hook.copy')} />
            </>
          ),
        },
        {
          label: t('stripe.compared'),
          value: mirror.comparedAt ? (
            <RelativeTime at={mirror.comparedAt} />
          ) : (
            <span className="muted">{t('stripe.never')}</span>
          ),
        },
        { label: t('stripe.reads'), value: t('stripe.reads.value', { n: mirror.readsPerSecond }) },
        { label: t('stripe.waiting'), value: <span className="num">{mirror.waiting.toLocaleString('en')}</span> },
      ]}
    />
  )
}
