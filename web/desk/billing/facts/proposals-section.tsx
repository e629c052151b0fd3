import { Button, Group } from '@mantine/core'
import type { BillingLink } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import { useMay } from '../../session.ts'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { Section } from '../../ui/section.tsx'
import css from './link-card.module.css'
import { LinkIdentity } from './link-identity.tsx'
import { useLinkDecision } from './use-link-decision.ts'

/** Links that someone must decide about: until then nothing of that customer is shown. */
export function ProposalsSection({ proposals }: { proposals: BillingLink[] }) {
  if (proposals.length === 0) return null
  return (
    <Section name="billing.proposals" title={t('link.proposals')} count={proposals.length}>
      {proposals.map((link) => (
        <Proposal key={link.id} link={link} />
      ))}
    </Section>
  )
}

function Proposal({ link }: { link: BillingLink }) {
  const { mutate, isPending, variables } = useLinkDecision(link)
  const reason = useMay('billing.propose') ? null : t('billing.mayNotPropose')
  return (
    <div className={css.card} data-proposed>
      <LinkIdentity link={link} />
      <Group gap={8} mt={8}>
        <DisabledReason reason={reason}>
          <Button size="xs" loading={isPending && variables === 'confirm'} onClick={() => mutate('confirm')}>
            {t('link.confirm')}
          </Button>
        </DisabledReason>
        <DisabledReason reason={reason}>
          <Button
            size="xs"
            variant="default"
            loading={isPending && variables === 'reject'}
            onClick={() => mutate('reject')}
          >
            {t('link.reject')}
          </Button>
        </DisabledReason>
      </Group>
    </div>
  )
}
