import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { wordsFor } from '../api-error.ts'
import { t } from '../messages/translate.ts'
import css from './toast.module.css'

/** A short notice at the bottom of the page that goes by itself. */
export function toast(text: string): void {
  notifications.show({
    message: text,
    autoClose: 4000,
    icon: <IconCircleCheck size={18} stroke={1.5} color="var(--ms-done-text)" />,
    classNames: { icon: css.icon },
    'data-tone': 'done',
  })
}

/** A refused action in words; stays until closed, because nobody should have to hurry to read it. */
export function errorToast(error: unknown): void {
  notifications.show({
    message: wordsFor(error),
    autoClose: false,
    role: 'alert',
    icon: <IconAlertTriangle size={18} stroke={1.5} color="var(--ms-danger-text)" />,
    classNames: { icon: css.icon },
    'data-tone': 'danger',
  })
}

type Undo = {
  text: string
  seconds: number
  /** The word on the button; "Undo" unless told. */
  action?: string
  onUndo: () => void
}

/** A notice that can be taken back while its seconds count down. Returns how to close it early. */
export function undoToast({ text, seconds, action = t('ui.undo'), onUndo }: Undo): () => void {
  const id: string = notifications.show({
    autoClose: seconds * 1000,
    message: (
      <Countdown
        text={text}
        seconds={seconds}
        action={action}
        onUndo={() => {
          notifications.hide(id)
          onUndo()
        }}
      />
    ),
  })
  return () => notifications.hide(id)
}

function Countdown({ text, seconds, action, onUndo }: Required<Undo>) {
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    const timer = setInterval(() => setLeft((now) => Math.max(0, now - 1)), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <span className={css.undo}>
      <span className={css.text}>{text}</span>
      <Button variant="subtle" size="xs" onClick={onUndo}>
        {t('ui.undoIn', { action, seconds: left })}
      </Button>
    </span>
  )
}
