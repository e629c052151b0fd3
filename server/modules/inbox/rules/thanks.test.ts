import { expect, test } from 'vitest'
import { isThanks } from './thanks.ts'

test.each([
  'Thanks!',
  'Thank you so much for your quick help!',
  'Perfect, thanks a lot.\n\nBest regards\nAnn Rivera',
  'Great, it works now. Thank you!',
  'thx 🙏',
  'Vielen Dank für die schnelle Hilfe!\n\nViele Grüße\nJonas',
  'Merci beaucoup pour votre réponse rapide.',
  'ありがとうございました。',
  'Muchas gracias por su ayuda',
])('%j is nothing but thanks', (text) => {
  expect(isThanks(text)).toBe(true)
})

test.each([
  '',
  'It is broken again.',
  'Thanks, but it still does not work.',
  'Thank you. When will the refund arrive?',
  'Thanks, please also cancel my plan',
  'Thanks for nothing, I want my money back',
  'Danke, aber die Rechnung fehlt noch',
  'Merci mais le problème persiste',
  'Thanks! My other invoice is 1042',
  'ありがとうございます。請求書もお願いします。',
  'Thank you\nPlease cancel',
  `Thanks ${'so much '.repeat(60)}`,
  'Regards',
])('%j is more than thanks, or none', (text) => {
  expect(isThanks(text)).toBe(false)
})
