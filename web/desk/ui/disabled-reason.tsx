import { Tooltip } from '@mantine/core'
import { cloneElement, type ReactElement, useId } from 'react'

type Props = {
  /** Why the button does nothing now; with no reason it works. */
  reason?: string | null | false
  children: ReactElement<{
    'data-disabled'?: boolean
    'aria-disabled'?: boolean
    'aria-describedby'?: string
    onClick?: unknown
  }>
}

/**
 * A button that says why it is disabled, on hover and on focus. It stays in the tab order (`aria-disabled`), since a button that
 * cannot be reached cannot explain itself.
 */
export function DisabledReason({ reason, children }: Props) {
  const id = useId()
  if (!reason) return children
  return (
    <>
      <Tooltip label={reason} openDelay={0}>
        {cloneElement(children, {
          'data-disabled': true,
          'aria-disabled': true,
          'aria-describedby': id,
          onClick: (event: Event) => event.preventDefault(),
        })}
      </Tooltip>
      <span id={id} hidden>
        {reason}
      </span>
    </>
  )
}
