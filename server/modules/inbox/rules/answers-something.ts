const forward =
  /^\s*(?:fwd?|wg|tr|rv|enc|doorst|vb|vl|i|pd|továbbítás|videresendt|ilt|пересл|пер|转发|轉寄|転送|전달|chuyển tiếp)\s*(?:\[\d+\])?\s*[:：]/iu
const reply =
  /^\s*(?:re|aw|sv|vs|antw|res|r|ref|réf|rif|odp|ynt|vá|απ|отв|ответ|відп|回复|回覆|答复|返信|답장|회신|trả lời)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]/iu

/**
 * Whether a mail answers another one, so that it may hold a quote. A forwarded mail is what its sender
 * wants us to read: nothing in it is folded.
 */
export function answersSomething(mail: {
  inReplyTo?: string | undefined
  references: readonly string[]
  subject: string
}): boolean {
  if (forward.test(mail.subject)) return false
  return mail.inReplyTo !== undefined || mail.references.length > 0 || reply.test(mail.subject)
}
