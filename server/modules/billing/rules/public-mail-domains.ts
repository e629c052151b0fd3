/** Domains where anybody can have an address: sharing one says nothing about who belongs together. */
const domains = new Set(
  (
    '126.com 163.com aol.com att.net bigpond.com bk.ru bluewin.ch bt.com btinternet.com charter.net comcast.net cox.net duck.com ' +
    'earthlink.net email.com fastmail.com fastmail.fm free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net ' +
    'googlemail.com hanmail.net hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it hushmail.com ' +
    'icloud.com inbox.lv inbox.ru laposte.net libero.it list.ru live.co.uk live.com live.fr live.nl mac.com mail.com mail.de ' +
    'mail.ru mailbox.org me.com msn.com naver.com ntlworld.com o2.pl onet.pl optonline.net orange.fr outlook.com outlook.de ' +
    'outlook.fr pm.me posteo.de posteo.net proton.me protonmail.com qq.com rambler.ru rediffmail.com rocketmail.com sbcglobal.net ' +
    'seznam.cz sfr.fr shaw.ca sina.com sky.com sympatico.ca t-online.de talktalk.net telenet.be tiscali.it tuta.com tutanota.com ' +
    'uol.com.br verizon.net virgilio.it virginmedia.com wanadoo.fr web.de wp.pl ya.ru yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk ' +
    'yahoo.com yahoo.com.br yahoo.de yahoo.es yahoo.fr yahoo.it yandex.com yandex.ru ymail.com zoho.com'
  ).split(' '),
)

export function isPublicMailDomain(domain: string): boolean {
  return domains.has(domain.toLowerCase())
}
