import { avatarHue, initialsOf } from './avatar-look.ts'
import css from './avatar.module.css'

type Props = {
  name: string
  /** What the colour is drawn from, so that it stays when the name changes: an id. */
  seed?: string
  size?: 20 | 24 | 32 | 40
}

/** Initials on a stable colour. Decoration: the name must stand beside it. */
export function Avatar({ name, seed, size = 24 }: Props) {
  return (
    <span className={css.avatar} data-size={size} data-hue={avatarHue(seed ?? name)} aria-hidden>
      {size === 20 ? [...initialsOf(name)][0] : initialsOf(name)}
    </span>
  )
}
