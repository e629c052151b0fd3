import { Textarea } from '@mantine/core'
import type { RefundPreview } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import { SheetPart } from '../../ui/sheet.tsx'
import type { TicketId } from '../queries.ts'
import { ApprovalsPart } from './approvals-part.tsx'
import { AuthorityPart } from './authority-part.tsx'
import { EffectsList } from './effects-list.tsx'
import css from './policy-answer.module.css'
import { PolicyTrace } from './policy-trace.tsx'
import { Refusal } from './refusal.tsx'

type Props = {
  preview: RefundPreview
  /** The answer to what stands in the form now is not there yet. */
  outdated: boolean
  /** Absent where the form asks for a reason of its own. */
  note?: string
  onNote?: (note: string) => void
  ticketId?: TicketId | undefined
  /** Whose billing address a code goes to. */
  customer: string | null
  onInsert?: ((text: string) => void) | undefined
  /** What is said of something else than a refund. */
  words?: { refused: string; nobody: string }
}

/** What the policy answers: a refusal, or what happens and who must agree; who asks, and how it was decided. */
export function PolicyAnswer({ preview, outdated, note, onNote, ticketId, customer, onInsert, words }: Props) {
  const { outcome, authority, effects, approvals, reasons, trace } = preview
  return (
    <div className={css.answer} aria-busy={outdated}>
      {outcome === 'refuse' && (
        <Refusal preview={preview} title={words?.refused ?? t('refund.refused')} onInsert={onInsert} />
      )}
      <SheetPart title={t('refund.requester')}>
        <AuthorityPart authority={authority} ticketId={ticketId} customer={customer} />
      </SheetPart>
      {outcome !== 'refuse' && (
        <>
          <SheetPart title={t('refund.effects')}>
            <EffectsList effects={effects} />
          </SheetPart>
          <SheetPart title={t('refund.approval')}>
            <ApprovalsPart approvals={approvals} nobody={words?.nobody ?? t('refund.approval.nobody')} />
            {onNote && (
              <Textarea
                mt={8}
                aria-label={t('refund.note')}
                placeholder={t(approvals.length > 0 ? 'refund.note.approver' : 'refund.note.kept')}
                autosize
                minRows={1}
                maxRows={5}
                maxLength={1000}
                value={note}
                onChange={(event) => onNote(event.currentTarget.value)}
              />
            )}
          </SheetPart>
        </>
      )}
      {trace.length > 0 && (
        <SheetPart title={t('refund.policy')}>
          {outcome === 'refund' &&
            reasons.map(({ code, sentence }) => (
              <p key={code} className={css.reason}>
                {sentence}
              </p>
            ))}
          <PolicyTrace preview={preview} />
        </SheetPart>
      )}
    </div>
  )
}
