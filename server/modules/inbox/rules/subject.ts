/**
 * What mail programs put before a subject when they answer or forward: English, German, French, Spanish,
 * Italian, Portuguese, Dutch, Swedish, Danish, Norwegian, Finnish, Polish, Czech, Hungarian, Turkish, Greek,
 * Russian, Ukrainian, Vietnamese, Indonesian, Hebrew, Arabic, Chinese, Japanese and Korean.
 */
const prefixes = [
  're|fw|fwd|aw|wg|sv|vs|vb|vl|antw|doorst|rv|res|enc|ref|tr|réf|rif|trs|bls|r|i|fs|rs|odp|pd|ynt|ilt|İlt|i̇lt',
  'videresendt|odpověď|vá|továbbítás|trả lời|chuyển tiếp|απ|προθ|σχετ|ответ|отв|на|пересл|відп|пер',
  '回复|回覆|答复|转发|轉寄|返信|転送|답장|회신|전달|הועבר|תגובה|رد|إعادة توجيه',
].join('|')
const lead = new RegExp(
  String.raw`^\s*(?:${prefixes})\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3}|\*\d{1,3})?\s*[:：]\s*`,
  'iu',
)
const tag =
  /^\s*[[【(](?:ext(?:ernal|ern)?|external(?: email| sender)?|extern|sec(?:ure)?|spam\??|caution|[^\]】)]{0,40}#\s*\d+)[\]】)]\s*:?\s*/iu

/** The subject without reply and forward marks, gateway tags and ticket numbers, for comparing and for new tickets. */
export function stripSubject(subject: string): string {
  let rest = subject.replace(/\s+/gu, ' ').trim()
  for (let round = 0; round < 20; round++) {
    const next = rest.replace(lead, '').replace(tag, '')
    if (next === rest) break
    rest = next
  }
  return rest.trim()
}

/** The form in which subjects are compared; '' when nothing but marks was there. */
export function normaliseSubject(subject: string): string {
  return stripSubject(subject).normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim()
}
