import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useCloseByEscape } from '../../ui/use-close-by-escape.ts'
import { useFocusBack } from '../../ui/use-focus-back.ts'
import { useOpened } from '../../ui/use-opened.ts'
import { setCorrecting } from './correcting.ts'

const close = (): void => setCorrecting(null)

/** The window in which a correction is asked for; Escape leaves everything as it is. */
export function CorrectDialog({ title, children }: { title: string; children: ReactNode }) {
  useFocusBack()
  const onKeyDown = useCloseByEscape(true, close)
  return (
    <Modal
      opened={useOpened(true)}
      onClose={close}
      title={title}
      size={520}
      closeOnEscape={false}
      onKeyDown={onKeyDown}
    >
      {children}
    </Modal>
  )
}
