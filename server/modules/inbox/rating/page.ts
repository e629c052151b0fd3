import { escape, frame } from '../customer-pages/page-frame.ts'

const words = ['', 'Very bad', 'Bad', 'All right', 'Good', 'Very good'] as const

/** The question, with the score of the link already chosen; nothing counts before the button. */
export function askPage(company: string, ticket: { subject: string }, chosen: number | undefined): string {
  const scores = [5, 4, 3, 2, 1]
    .map(
      (score) =>
        `<label class="score"><input type="radio" name="score" value="${score}" required${score === chosen ? ' checked' : ''}> ${words[score]}</label>`,
    )
    .join('')
  return frame(
    company,
    `<h1>How did we do?</h1><p>About “${escape(ticket.subject)}”</p>
<form method="post"><fieldset><legend>Your rating</legend><div class="scores">${scores}</div></fieldset>
<label for="comment">Anything we should know? (optional)</label><textarea id="comment" name="comment" maxlength="2000"></textarea>
<button type="submit">Send rating</button></form>`,
  )
}
