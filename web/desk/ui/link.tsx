import { useRouter } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, MouseEvent, Ref } from 'react'

type Props = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & {
  /** An address from `paths`. */
  href: string
  replace?: boolean
  ref?: Ref<HTMLAnchorElement>
}

/** A link inside the desk: plain clicks stay on the page, every other click is the browser's. Its room is fetched on hover. */
export function Link({ href, replace, onClick, onMouseEnter, ...rest }: Props) {
  const router = useRouter()
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event)
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return
    event.preventDefault()
    void router.navigate({ href, replace })
  }
  const prepare = (event: MouseEvent<HTMLAnchorElement>): void => {
    onMouseEnter?.(event)
    const url = new URL(href, location.origin)
    void router.preloadRoute({ to: url.pathname, search: Object.fromEntries(url.searchParams) })
  }
  return <a {...rest} href={href} onClick={follow} onMouseEnter={prepare} />
}
