/** How "wrote" ends a line of attribution, in the languages whose mail programs we know. */
const verbs = [
  'wrote|writes|sent|said|schrieb|a écrit|escribió|escribio|ha scritto|escreveu|folgendes geschrieben|geschreven|schreef|skrev|skreiv|kirjoitti',
  'napisał(?:a|\\(a\\))?|pisze|napsal(?:a|\\(a\\))?|napísal(?:a|\\(a\\))?|írta|yazdı|a scris|написал(?:а|\\(а\\))?|писал(?:а|\\(а\\))?',
  'пишет|пише|написав|написала|έγραψε|đã viết|menulis|のメール|さんは書きました|書きました|写道|寫道|写到|작성|썼습니다|쓴 글|כתב(?:ה|/ה)?|كتب(?:ت)?',
].join('|')
export const endsInVerb = new RegExp(String.raw`(?:^|[\s"'>)\]:,、，])?(?:${verbs})\s*(?:[:：]|[-–—_]{2,})\s*$`, 'iu')
export const verbAlone = new RegExp(String.raw`^>?\s*(?:${verbs})\s*[:：]\s*$`, 'iu')
/** Languages that put the writer after the verb: "schrieb Ada <ada@example.org>:". */
export const verbThenName = new RegExp(
  String.raw`(?:^|\s)(?:schrieb|schreef|skrev|írta|a écrit|пишет|написал|heeft)\s.{1,160}[:：]\s*$`,
  'iu',
)
export const decorated = new RegExp(String.raw`^\s*[-–—_]{2,}.{1,120}(?:${verbs})\s*[-–—_]{2,}\s*$`, 'iu')
/** "You wrote" is a sentence of the writer, not of the mail program. */
export const pronoun =
  /(?:^|[\s,])(you|i|we|they|he|she|it says|sie|du|ich|wir|vous|tu|usted|você|voi|lei|jij|je|u|du|ni|вы|ты)\s+(?:wrote|sent|said|writes|schrieb\p{L}*|avez écrit|a écrit|escribió|ha scritto|escreveu|schreef|skrev|написал\p{L}*|пишет)\b/iu

const days = [
  'mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mié|jue|vie|sáb|dom|gio|sab|seg|ter|qua|qui|sex',
  'ma|ke|to|pe|la|su|wo|vr|za|zo|mån|tis|ons|tors|lör|sön|tir|lør|søn|pon|wt|śr|czw|pt|niedz|po|út|st|čt|pá|ne|пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье',
].join('|')
const leads =
  'on|at|am|le|el|il(?: giorno)?|in data|em|no dia|op|den|d\\.|på|w dniu|dnia|dne|vào(?: lúc)?|pada|a |în|στις|в|у|在|于|於|ב|في'
/** A line of attribution begins with one of these and holds a digit. */
export const startsAttribution = new RegExp(
  String.raw`^[\s*_]*(?:[-–—]{2,}\s*)?(?:(?:${leads})(?=[\s,"'\d])|(?:${days})\p{L}{0,8}(?:[.,]|\s+(?=\d))|\d{1,4}\s?[./年년-]|\d{1,2}\s+\p{L}{3,})`,
  'iu',
)
export const nameThenVerb = new RegExp(
  String.raw`^[\s*_]*[^\s<>].{0,80}<[^<>\s]+@[^<>\s]+>[^<>]{0,100}?(?:${verbs})\s*[:：]\s*$`,
  'iu',
)
/** "Ada <ada@example.org> schrieb am Montag, 3. März 2025 um 10:00:", and the date in brackets. */
export const nameVerbDate = new RegExp(
  String.raw`^[\s*_]*[^\s<>].{0,80}<[^<>\s]+@[^<>\s]+>[^<>]{0,40}?(?:${verbs}|şunları yazdı)[\s(][^<>]{0,80}\d[^<>]{0,40}[:：]\s*$`,
  'iu',
)
/** GroupWise: ">>> Ada <ada@example.org> 03/03/25 10:00 AM >>>". */
export const betweenArrows = /^\s{0,3}>{2,4}\s+[^\s>].{2,200}\d{1,2}[:.]\d{2}.{0,30}\s>{2,4}\s*$/
export const writtenBy = /^\s*wiadomość napisana przez .{1,200}[:：]\s*$/iu
export const dateThenAddress =
  /^[\s*_]*(?:\p{L}{2,12}[.,]\s*)?\d{1,4}.{4,160}<?\s*(?:mailto:)?[^<>\s]+@[^<>\s]+>\s*(?<colon>[:：])?\s*$/u
export const clockOrYear = /\d{1,2}\s?[:.h時点]\s?\d{2}|\b(?:19|20)\d{2}\b/u
/** "thanks! On Wed, Apr 4, 2012 at 3:59 PM, ada@example.org wrote:" on one line. */
export const attributionInside =
  /(?:[-–—]{2,}\s*|\s)(?=On\s+(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d).{6,200}\bwrote:\s*$)/i

const originals = [
  "original message|reply message|ursprüngliche nachricht|originalnachricht|message d[’']origine|message original|mensaje original",
  'mensagem original|messaggio originale|oorspronkelijk bericht|ursprungligt meddelande|originalmeddelande|oprindelig meddelelse',
  'opprinnelig melding|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość|původní zpráva|eredeti üzenet|исходное сообщение',
  'оригинальное сообщение|вихідне повідомлення|orijinal (?:ileti|mesaj)|αρχικό μήνυμα|tin nhắn gốc|原始邮件|原始郵件|元のメッセージ|원본 메시지',
].join('|')
export const originalMessage = new RegExp(String.raw`^\s*[-_=*–—]{2,}\s*(?:${originals})\s*[-_=*–—]{2,}\s*$`, 'iu')

const forwards = [
  'forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|mensagem encaminhada|messaggio inoltrato',
  'doorgestuurd bericht|vidarebefordrat meddelande|videresendt (?:meddelelse|melding)|välitetty viesti|przekazana wiadomość|wiadomość przekazana',
  'přeposlaná zpráva|továbbított üzenet|пересылаемое сообщение|пересланное сообщение|iletilen mesaj|转发的邮件|轉寄郵件|転送メッセージ|전달된 메시지',
].join('|')
export const forwardedMessage = new RegExp(
  String.raw`^\s*(?:[-_=*–—]{2,}\s*(?:${forwards})|begin forwarded message\s*:|anfang der weitergeleiteten (?:nachricht|e-mail)\s*:|début du message (?:transféré|réexpédié)\s*:|inicio del mensaje reenviado\s*:|inizio messaggio inoltrato\s*:)`,
  'iu',
)
