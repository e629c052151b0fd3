import { escape, frame } from '../customer-pages/page-frame.ts'

/** Asks before the address gets no more automatic mail; nothing counts before the button. */
export function unsubscribePage(company: string, email: string): string {
  return frame(
    company,
    `<h1>No more automatic mail?</h1><p>${escape(email)} will get no more confirmations and notices. Answers from people still arrive.</p>
<form method="post"><button type="submit">Stop automatic mail</button></form>`,
  )
}
