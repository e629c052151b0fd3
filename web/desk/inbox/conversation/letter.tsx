import { lazy, Suspense } from 'react'
import type { Message } from '#contract/inbox.ts'
import { t } from '../../messages/translate.ts'
import { AttachmentTiles } from './attachment-tiles.tsx'
import { DeliveryLine } from './delivery-line.tsx'
import { MessageActions } from '../correct/message-actions.tsx'
import { LetterBody } from './letter-body.tsx'
import { LetterHead } from './letter-head.tsx'
import css from './letter.module.css'

const SplitProposal = lazy(() =>
  import('./split-proposal.tsx').then(({ SplitProposal }) => ({ default: SplitProposal })),
)

const CalendarCard = lazy(() => import('./calendar-card.tsx').then(({ CalendarCard }) => ({ default: CalendarCard })))

const OriginalSender = lazy(() =>
  import('./original-sender.tsx').then(({ OriginalSender }) => ({ default: OriginalSender })),
)

type Props = { message: Message; theirZone: string | null; mayWrite: boolean }

/** One message as a letter: who, when and how sure, what was written, what was attached and whether it arrived. */
export function Letter({ message, theirZone, mayWrite }: Props) {
  const files = message.attachments.filter(({ inline }) => !inline || message.html === null)
  return (
    <article
      className={css.letter}
      data-kind={message.kind}
      aria-label={t(`message.label.${message.kind}`, { name: message.author.name })}
    >
      <LetterHead
        message={message}
        theirZone={theirZone}
        mayWrite={mayWrite}
        menu={<MessageActions message={message} />}
      />
      {message.proposal?.state === 'open' && (
        <Suspense>
          <SplitProposal message={message} proposal={message.proposal} mayWrite={mayWrite} />
        </Suspense>
      )}
      {mayWrite && message.mail?.originalSender && (
        <Suspense>
          <OriginalSender message={message} sender={message.mail.originalSender} />
        </Suspense>
      )}
      {message.mail?.calendar && (
        <Suspense>
          <CalendarCard card={message.mail.calendar} />
        </Suspense>
      )}
      <LetterBody message={message} />
      {files.length > 0 && <AttachmentTiles files={files} />}
      {message.delivery && <DeliveryLine message={message} delivery={message.delivery} mayWrite={mayWrite} />}
    </article>
  )
}
