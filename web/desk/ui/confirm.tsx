import { Button, Group, Modal } from '@mantine/core'
import { type ReactNode, useSyncExternalStore } from 'react'
import { t } from '../messages/translate.ts'

type Question = {
  title: string
  body: ReactNode
  /** The verb on the button: "Delete the tag". */
  action: string
  danger?: boolean
}

type Asked = Question & { answer: (yes: boolean) => void }

let asked: Asked | undefined
let open = false
const listeners = new Set<() => void>()

/** Asks before something that cannot be taken back; resolves with the answer. */
export function confirm(question: Question): Promise<boolean> {
  asked?.answer(false)
  return new Promise((resolve) => {
    asked = { ...question, answer: resolve }
    open = true
    tell()
  })
}

function settle(yes: boolean): void {
  open = false
  asked?.answer(yes)
  tell()
}

function tell(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Above a sheet, which may be where the question comes from. */
const aboveSheets = 300

/** Stands once in the frame and shows what `confirm` asks. */
export function ConfirmDialog() {
  const isOpen = useSyncExternalStore(subscribe, () => open)
  const question = useSyncExternalStore(subscribe, () => asked)
  return (
    <Modal
      opened={isOpen}
      onClose={() => settle(false)}
      title={question?.title}
      size="sm"
      withCloseButton={false}
      zIndex={aboveSheets}
    >
      {question?.body}
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={() => settle(false)}>
          {t('ui.cancel')}
        </Button>
        <Button color={question?.danger ? 'red' : undefined} onClick={() => settle(true)} data-autofocus>
          {question?.action}
        </Button>
      </Group>
    </Modal>
  )
}
