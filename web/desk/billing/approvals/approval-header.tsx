import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Approval } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import { useShortcut } from '../../shortcuts.ts'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { BackToList } from '../../ui/folded-panes.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { usePanes } from '../../ui/panes-context.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { operationTitle } from '../operations/operation-look.ts'
import { approvalLooks } from './approval-look.ts'
import css from './approval-header.module.css'
import { type Decision, DecisionDialog } from './decision-dialog.tsx'

/** The amount, the state, and the two decisions by their keys; disabled they say why. */
export function ApprovalHeader({ approval, back }: { approval: Approval; back: string }) {
  const { state, mayDecide, mayNotBecause, operation } = approval
  const [deciding, setDeciding] = useState<Decision | null>(null)
  const { tone, label } = approvalLooks[state]
  const isOpen = state === 'open'
  // The list, whose title is the page's heading, is not beside it.
  const alone = !usePanes().both
  const reason = mayDecide ? null : (mayNotBecause ?? t('approvals.mayNot'))
  const can = isOpen && mayDecide
  useShortcut(can && { keys: 'a', label: t('approvals.approve'), run: () => setDeciding('approve') })
  useShortcut(can && { keys: 'r', label: t('approvals.reject'), run: () => setDeciding('reject') })
  return (
    <>
      <BackToList href={back} />
      {alone && <h1 className="sr-only">{t('approvals.title')}</h1>}
      <h2 className={css.title}>
        <span className="num">{operationTitle(operation)}</span>
      </h2>
      <StatusBadge tone={tone}>{t(label)}</StatusBadge>
      <span className={css.rest} />
      {isOpen && (
        <>
          <DisabledReason reason={reason}>
            <Button
              variant="default"
              rightSection={
                mayDecide && (
                  <span className={css.key}>
                    <Kbd keys="r" />
                  </span>
                )
              }
              onClick={() => setDeciding('reject')}
            >
              {t('approvals.reject')}
            </Button>
          </DisabledReason>
          <DisabledReason reason={reason}>
            <Button
              rightSection={
                mayDecide && (
                  <span className={css.key}>
                    <Kbd keys="a" />
                  </span>
                )
              }
              onClick={() => setDeciding('approve')}
            >
              {t('approvals.approve')}
            </Button>
          </DisabledReason>
        </>
      )}
      <DecisionDialog approval={approval} deciding={deciding} onClose={() => setDeciding(null)} />
    </>
  )
}
