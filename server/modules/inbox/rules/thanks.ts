/** Words that thank, by language; a text must hold one of them. */
const thanking =
  /\b(thanks?|thank you|thx|tysm|cheers|much appreciated|danke|dankesch[oö]n|vielen dank|merci|gracias|obrigad[oa]|grazie|bedankt|dank je|dank u|tack|takk|tak|kiitos|dziękuję|dzięki)\b|ありがと|感謝|谢谢|謝謝|감사|고마워|спасибо|дякую/iu

/** What may stand beside them without asking for anything. */
const courtesies = [
  /\b(thanks?|thank you|thx|tysm|ty|cheers)\b/giu,
  /\b(so|very|really|all|once|again|a lot|a million|a bunch|loads|tons|kindly)\b/giu,
  /\b(much|many|big|quick|fast|great|super|amazing|awesome|excellent|brilliant|wonderful|perfect|lovely|nice|cool|fantastic|appreciated|appreciate)\b/giu,
  /\b(for|your|the|you|it|its|it's|that|that's|this|is|was|all|works?|working|now|i|we|my|me|to|from|and|of|with|are|best|have|a|an|good|day|evening|weekend|week|one)\b/giu,
  /\b(help|support|reply|response|answer|patience|time|effort|service|assistance|info|information|update|team|everything|everyone|solved|fixed|sorted|resolved|done|got|understood|ok|okay|yes|hi|hello|hey|dear|regards|kind|warm|best|wishes|sincerely|yours)\b/giu,
  /\b(danke|dankesch[oö]n|vielen|dank|herzlichen|besten|sehr|super|prima|toll|klasse|für|die|das|ihre|eure|deine|schnelle|rasche|hilfe|antwort|rückmeldung|unterstützung|funktioniert|geht|jetzt|alles|klar|viele|liebe|freundliche|grüße|mit|freundlichen|grüßen|hallo|nochmal|nochmals|und|schönen|tag|abend|wochenende)\b/giu,
  /\b(merci|beaucoup|bien|infiniment|pour|votre|vos|ton|aide|réponse|rapide|rapidité|cordialement|bonne|bon|journée|soirée|bonjour|parfait|super|génial|à|vous|et|encore|tout|fonctionne|maintenant|ça|marche)\b/giu,
  /\b(muchas|muchísimas|gracias|por|su|tu|ayuda|respuesta|rápida|saludos|hola|perfecto|genial|todo|funciona|ahora|ya|y|muito|muita|obrigad[oa]|pela|ajuda|grazie|mille|tante|molte|aiuto|bedankt|heel|erg|dank|je|u|wel|hulp|tack|så|mycket|takk|tak|kiitos|dziękuję|bardzo)\b/giu,
  /(どうも|本当に|誠に|大変|ご対応|迅速な|早速の|ご返信|ご連絡|お返事|助かりました|了解しました|承知しました|ありがとう|ございました|ございます|感謝(いたし|し)ます|いただき|、|。|を|に|の|ご|お)/gu,
  /(谢谢|謝謝|非常|您的|你的|帮助|回复|감사합니다|감사|합니다|고마워요?|спасибо|большое|дякую)/gu,
]

const longest = 240

/**
 * Whether a text says thanks and nothing else, so that a reopening by it counts for nothing. Careful: a question mark, a
 * digit, an address, a "but", or any word it does not know makes it more than thanks.
 */
export function isThanks(text: string): boolean {
  const plain = text.normalize('NFKC').trim()
  if (plain === '' || plain.length > longest || !thanking.test(plain)) return false
  if (/[?？¿\d]|https?:|@/u.test(plain)) return false
  const lines = plain.split(/\n+/).map((line) => line.trim())
  return lines.every((line, index) => isCourtesy(line) || (index > 0 && isName(line)))
}

function isCourtesy(line: string): boolean {
  let rest = line
  for (const words of courtesies) rest = rest.replace(words, ' ')
  return !/\p{L}/u.test(rest)
}

/** A signature under the thanks: one to three capitalised words on a line of their own. */
function isName(line: string): boolean {
  return /^[-–—]*\s*\p{Lu}[\p{L}'.-]*(\s+\p{Lu}[\p{L}'.-]*){0,2}$/u.test(line)
}
