import type { MailAddress, ParsedMail } from '../mail/parsed-mail.ts'
import { avatar } from './avatar.ts'
import { html, type Html } from './html.ts'
import { icons } from './icons.ts'
import { linkedText } from './linked-text.ts'
import { timeText } from './time-text.ts'

/** One mail as its owner sees it, folded unless `open`; what the desk sent can be answered. */
export function letter(mail: ParsedMail, { owner, open, now }: { owner: string; open: boolean; now: number }): Html {
  const incoming = mail.direction === 'received'
  const who = mail.from?.name || mail.from?.address || mail.envelope.from || 'Mail system'
  const snippet = mail.text.replace(/\s+/g, ' ').trim().slice(0, 140)
  return html`<details class="letter ${incoming ? 'incoming' : 'outgoing'}" data-key="${mail.id}" ${open && html`open`}>
    <summary>
      ${avatar(mail.from?.name ?? '', mail.from?.address ?? who)}
      <span class="row-main">
        <span class="row-title">${who} ${incoming ? html`<span class="tag">from the desk</span>` : trouble(mail)}</span>
        <span class="row-sub">${mail.subject || '(no subject)'}<span class="snippet"> · ${snippet}</span></span>
      </span>
      <span class="row-end">${timeText(Date.parse(mail.at), now)}</span>
    </summary>
    <div class="letter-body">
      <dl class="heads">
        <dt>Subject</dt>
        <dd>${mail.subject || '(no subject)'}</dd>
        <dt>To</dt>
        <dd>${list(mail.to) || mail.envelope.to.join(', ')}</dd>
        ${
          mail.cc.length > 0 &&
          html`<dt>Cc</dt>
            <dd>${list(mail.cc)}</dd>`
        }${
          incoming &&
          mail.autoSubmitted &&
          html`<dt>Automatic</dt>
            <dd>${mail.autoSubmitted}</dd>`
        }
        <dt>${incoming ? 'Received' : 'Desk said'}</dt>
        <dd class="outcome ${mail.outcome.kind}">${mail.outcome.line}</dd>
      </dl>
      ${content(mail)}
      ${
        mail.attachments.length > 0 &&
        html`<ul class="files">
          ${mail.attachments.map(file)}
        </ul>`
      }
      <div class="letter-end">
        ${incoming && replyForm(mail, owner)}<a class="quiet" href="${mail.rawUrl}" target="_blank">Source</a>
      </div>
    </div>
  </details>`
}

function content(mail: ParsedMail): Html {
  if (mail.html !== null)
    return html`<iframe
      class="letter-frame"
      title="${mail.subject || 'Message'}"
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      src="/world/letters/${mail.id}"
      loading="lazy"
    ></iframe>`
  const text = mail.text.trimEnd()
  return html`<pre class="letter-text">
${text ? linkedText(text) : html`<span class="muted">(empty message)</span>`}</pre>`
}

/** What became of a mail to the desk, when it did not simply arrive. */
function trouble({ outcome }: ParsedMail): Html | false {
  if (outcome.kind === 'accepted') return false
  return html`<span class="tag bad">${outcome.kind === 'refused' ? 'refused by the desk' : 'not delivered'}</span>`
}

function file({ name, type, size, url }: ParsedMail['attachments'][number]): Html {
  const kilobytes = `${Math.max(1, Math.round(size / 1024)).toLocaleString('en')} kB`
  return html`<li>
    <a href="${url}" download="${name}"
      >${icons.paperclip}<span>${name}</span><span class="muted">${type} · ${kilobytes}</span></a
    >
  </li>`
}

function replyForm(mail: ParsedMail, owner: string): Html {
  return html`<details class="reply" id="reply-${mail.id}">
    <summary class="button">${icons.reply}<span>Reply</span></summary>
    <form data-action="/world/actions/reply">
      <input type="hidden" name="messageId" value="${mail.id}" /><input type="hidden" name="from" value="${owner}" />
      <label>Answer as ${owner}<textarea name="text" rows="5" required></textarea></label>
      <div class="form-end">
        <label class="check"><input type="checkbox" name="quote" checked />Quote the message below</label
        ><button class="button primary">Send reply</button>
      </div>
    </form>
  </details>`
}

function list(addresses: MailAddress[]): string {
  return addresses.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ')
}
