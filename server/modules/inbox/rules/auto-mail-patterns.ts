/** "Automatic reply: …" as mail programs of many countries write it, always at the start of the subject. */
const lead = [
  'automatic reply|auto[- ]?reply|auto[- ]?response|automated (?:reply|response)|auto',
  'out of (?:the )?office(?: auto[- ]?reply)?|ooo|vacation (?:reply|message)|away from (?:the )?office',
  'automatische antwort|abwesenheitsnotiz|abwesenheit|abwesend|autoantwort|abwesenheitsmeldung',
  "réponse automatique|reponse automatique|message d['’]absence|absence du bureau|absent du bureau",
  'respuesta automática|respuesta automatica|fuera de (?:la )?oficina|resposta automática|ausência temporária',
  'fora do escritório|risposta automatica|fuori sede|fuori ufficio|automatisch antwoord|afwezigheidsbericht',
  'autosvar|automatiskt svar|automatisk svar|frånvaro|fraværsmelding|automaattinen vastaus|poissa',
  'automatyczna odpowiedź|odpowiedź automatyczna|nieobecność|automatická odpověď|automatikus válasz',
  'otomatik yanıt|otomatik cevap|автоответ|автоматический ответ|автоматична відповідь|αυτόματη απάντηση',
  '自动答复|自动回复|自動回覆|自動応答|自動返信|不在通知|자동 회신|부재중|trả lời tự động',
].join('|')
const autoReplySubject = new RegExp(String.raw`^\s*(?:re:\s*)?\[?(?:${lead})\]?\s*(?:[:：]|[-–—]\s|$)`, 'iu')

export function looksLikeAutoReply(subject: string): boolean {
  return autoReplySubject.test(subject)
}

const bounceLeads = [
  'undeliver(?:ed|able)|delivery status notification|delivery failure|mail delivery|failure notice|returned mail',
  'mail system error|delivery (?:notification|report|has failed|failed|problem|error)|non[- ]?deliver(?:y|able)',
  'could not (?:be )?deliver|message (?:undeliverable|not delivered|delivery)|warning: could not send|ndn:|user unknown',
  'email delivery|your message (?:to|could not)|unable to deliver|not delivered|unzustellbar|nicht zugestellt|zustellung',
  'non remis|échec de (?:la )?remise|no entregad|mensaje no|non recapitat|não entregue|não é possível entregar',
  'onbestelbaar|niet bezorgd|ej levererat|olevererbart|не доставлен|недоставлен',
  'エラー通知|配信不能|送信できません|配達|退信|投递失败|无法投递|系统退信|배달되지',
].join('|')
const bounceSubject = new RegExp(bounceLeads, 'iu')

/** A person who forwards a bounce or asks about one is not a bounce. */
export function looksLikeBounce(subject: string): boolean {
  return bounceSubject.test(subject) && !/^\s*(?:re|fwd?|aw|wg|tr|rv|sv|vs|antw|enc|res)\s*:/i.test(subject)
}

const bounceSender =
  /^(mailer[-_.]?daemon|mail[-_.]?daemon|post[-_.]?master|mail[-_.]?delivery[-_.]?(system|subsystem)|mta[-_.].*|mdaemon)(\+.*)?$/i

/** Addresses from which only mail systems write. */
export function isMailSystem(address: string): boolean {
  const at = address.lastIndexOf('@')
  return bounceSender.test(at < 0 ? address : address.slice(0, at))
}

const bounceProse =
  /this (?:message|is an?) (?:was created automatically by|automatically generated delivery|the mail (?:system|delivery))|(?:could|can) ?not be delivered|delivery (?:to the following|has failed|failed)|permanent (?:fatal )?errors?|unable to deliver|undeliverable|returned to sender|(?:user|recipient|mailbox)s? (?:unknown|not found|unavailable|is full|does not exist)|no such user|\b[45]\.\d{1,2}\.\d{1,3}\b|\b5[0-5]\d[ -]/i

export function readsLikeBounce(text: string): boolean {
  return bounceProse.test(text.slice(0, 6000))
}

/** Amazon's notification of a bounce or complaint: a JSON object as the whole text. */
export function readsLikeNotification(text: string): 'bounce' | 'complaint' | null {
  const type = /^\s*\{\s*"(?:notification|event)Type"\s*:\s*"(Bounce|Complaint|Delivery)"/.exec(text.slice(0, 200))?.[1]
  if (type === undefined) return null
  return type === 'Complaint' ? 'complaint' : 'bounce'
}

/** A list server that refused a mail of ours and sends it back. */
export function readsLikeListServer(address: string, text: string): boolean {
  return /^(?:owner-[^@]*|[^@]*-(?:admin|owner|request))@/i.test(address) && /^original mail as follows/im.test(text)
}

const machine =
  /^(?:(?:mail|system|sys|internet|network|e-?mail)?[-_ .]?admin(?:istrator)?|system|root|mail|mailer|mta|delivery|daemon|gateway|mail[-_ ]?(?:router|gateway|server|marshal)|interscan[^@]*|scanmail[^@]*|smtp|server)$/i

/** Names and local parts under which servers write, when the rest of the mail says so too. */
export function soundsLikeMachine(from: { address: string; name: string }): boolean {
  return (
    machine.test(from.name.trim()) || machine.test(from.address.slice(0, Math.max(0, from.address.lastIndexOf('@'))))
  )
}

export function looksLikeComplaint(subject: string): boolean {
  return /^\s*complaint about message from\b/i.test(subject)
}
