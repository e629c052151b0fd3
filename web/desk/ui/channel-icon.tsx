import {
  IconBrandSlack,
  IconCode,
  type Icon,
  IconMail,
  IconMessage,
  IconMessages,
  IconPhone,
} from '@tabler/icons-react'
import { t } from '../messages/translate.ts'

export type ChannelKind = 'email' | 'chat' | 'slack' | 'forum' | 'call' | 'api'

const icons: Record<ChannelKind, Icon> = {
  email: IconMail,
  chat: IconMessage,
  slack: IconBrandSlack,
  forum: IconMessages,
  call: IconPhone,
  api: IconCode,
}

type Props = { channel: ChannelKind; size?: 16 | 18 }

/** The mark on everything that came from a channel; its name is read out and shown on hover. */
export function ChannelIcon({ channel, size = 16 }: Props) {
  const Mark = icons[channel]
  const name = t(`ui.channel.${channel}`)
  return (
    <span role="img" aria-label={name} title={name} style={{ display: 'inline-flex', color: 'var(--ms-text-3)' }}>
      <Mark size={size} stroke={1.5} aria-hidden />
    </span>
  )
}
