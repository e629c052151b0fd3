import '../messages/rooms/sign-in.ts'
import { encode } from 'uqr'
import { t } from '../messages/translate.ts'

/** A QR code, always dark on white: not every camera reads it the other way round. */
export function QrCode({ text }: { text: string }) {
  const { data, size } = encode(text, { border: 2 })
  const dots = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg
      role="img"
      aria-label={t('totp.qr')}
      width={184}
      height={184}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} rx={1} fill="#fff" />
      <path d={dots.join('')} fill="#000" />
    </svg>
  )
}
