import { Fragment } from 'react'
import css from './linked-text.module.css'

const address = /(https?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?])/g

/** Plain text whose web addresses can be followed, in a new tab that learns nothing of this page. */
export function LinkedText({ text }: { text: string }) {
  return text.split(address).map((piece, index) =>
    index % 2 === 1 ? (
      // oxlint-disable-next-line react/no-array-index-key -- pieces have no identity but their place
      <a key={index} className={css.link} href={piece} target="_blank" rel="noreferrer noopener">
        {piece}
      </a>
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- pieces have no identity but their place
      <Fragment key={index}>{piece}</Fragment>
    ),
  )
}
