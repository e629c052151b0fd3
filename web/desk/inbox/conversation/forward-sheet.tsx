import '../../messages/rooms/sending.ts'
import { Checkbox, Radio, Textarea } from '@mantine/core'
import { useState } from 'react'
import { forwardMessages } from '#contract/deliveries.ts'
import type { Message } from '#contract/inbox.ts'
import { call } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { FormError } from '../../ui/form-error.tsx'
import { Sheet, SheetBody, SheetPart } from '../../ui/sheet.tsx'
import { useFocusBack } from '../../ui/use-focus-back.ts'
import { OthersFields } from './others-fields.tsx'
import { SendToOthers } from './send-to-others.tsx'
import { useSendToOthers } from './use-send-to-others.ts'

type Props = { message: Message; onClose: () => void }

/** Shows a mail, or all of a ticket's, to somebody who is no part of it. */
export function ForwardSheet({ message, onClose }: Props) {
  useFocusBack()
  const [what, setWhat] = useState<'one' | 'all'>('one')
  const [note, setNote] = useState('')
  const [files, setFiles] = useState(true)
  const sending = useSendToOthers({
    ticketId: message.ticketId,
    body: (recipients) => ({
      ...recipients,
      text: note,
      attachments: files,
      ...(what === 'one' ? { messageIds: [message.id] } : {}),
    }),
    send: (body, options) => call(forwardMessages, { params: { id: message.ticketId }, body }, options),
    onSent: onClose,
  })
  return (
    <Sheet opened onClose={onClose} title={t('forward.title')}>
      <SheetBody>
        <SheetPart title={t('forward.what')}>
          <Radio.Group
            aria-label={t('forward.what')}
            value={what}
            onChange={(value) => setWhat(value as 'one' | 'all')}
          >
            <Radio value="one" label={t('forward.one')} />
            <Radio mt={8} value="all" label={t('forward.all')} />
          </Radio.Group>
          <Checkbox
            mt={12}
            label={t('forward.files')}
            checked={files}
            onChange={(event) => setFiles(event.currentTarget.checked)}
          />
        </SheetPart>
        <SheetPart title={t('forward.who')}>
          <OthersFields {...sending} />
          <Textarea
            mt={12}
            label={t('forward.note')}
            autosize
            minRows={4}
            maxRows={14}
            maxLength={20_000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <p className="muted">{t('forward.hint')}</p>
          <FormError error={sending.error} />
        </SheetPart>
      </SheetBody>
      <SendToOthers {...sending} action={t('forward.send')} />
    </Sheet>
  )
}
