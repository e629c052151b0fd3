/** Domains whose addresses say nothing about an employer. Kept short: the large providers, by what people actually use. */
const publicDomains = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk hotmail.fr hotmail.de live.com msn.com yahoo.com yahoo.co.uk yahoo.co.jp yahoo.fr
  yahoo.de yahoo.co.in ymail.com icloud.com me.com mac.com aol.com proton.me protonmail.com pm.me gmx.de gmx.net gmx.at gmx.com web.de t-online.de
  freenet.de mail.ru yandex.ru yandex.com qq.com 163.com 126.com naver.com daum.net zoho.com fastmail.com hey.com tutanota.com mail.com orange.fr
  wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it comcast.net verizon.net att.net sbcglobal.net btinternet.com sky.com
  bigpond.com rediffmail.com uol.com.br bol.com.br terra.com.br seznam.cz wp.pl o2.pl onet.pl abv.bg ukr.net docomo.ne.jp ezweb.ne.jp`.split(
    /\s+/,
  ),
)

export function isPublicMailDomain(domain: string): boolean {
  return publicDomains.has(domain.toLowerCase())
}

/** The domain of an address in lower case, or undefined when there is none. */
export function domainOf(email: string): string | undefined {
  const at = email.lastIndexOf('@')
  return at > 0 ? email.slice(at + 1).toLowerCase() : undefined
}
