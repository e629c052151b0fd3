import type { Day } from '../day.ts'
import { people } from '../people.ts'
import { scene, type Scene } from '../scene.ts'
import type { Stage } from '../stage.ts'

/** Refunds that were made, that wait, and charges that need an explanation. */
export function moneyScenes(day: Day): Scene[] {
  const doubleCharge = scene('double-charge', 'Charged twice')
    .writes(day.yesterday('08:14'), 'noah', {
      subject: 'Charged twice for Plus?',
      text: `Hi,

I signed up for Plus yesterday evening. The page hung after I pressed Pay, so I pressed it again. Now my bank app shows two payments of $20.00, a few minutes apart.

I only have one account, so I would like one of them back please.

Thanks
Noah`,
    })
    .note(
      day.yesterday('08:41'),
      'ken',
      'Two Plus subscriptions two minutes apart, same card, same address. Classic double submit; refunding the second and cancelling it.',
    )
    .refund(day.yesterday('08:44'), 'ken', {
      cause: 'duplicate',
      among: 2,
      reason: 'Second payment of a double submit.',
    })
    .outside(day.yesterday('08:46'), 'the second subscription ends', (stage) =>
      endNewestSubscription(stage, people.noah.email, 2),
    )
    .reply(
      day.yesterday('08:47'),
      'ken',
      `Hi Noah,

you were charged twice, and that was our doing: the page sent your order a second time when it hung. I have refunded the second payment of $20.00 to your card just now. Banks usually take 5 to 10 days to show it.

Your Plus plan is untouched.

Ken`,
      'solved',
    )
    .rates(day.yesterday('09:20'), 'noah', 5, 'Sorted in half an hour. Thank you.')

  const renewal = scene('renewal-clara', 'A renewal nobody wanted')
    .writes(day.yesterday('09:05'), 'clara', {
      subject: 'Automatische Verlängerung – bitte Rückerstattung',
      text: `Guten Tag,

vor drei Tagen wurden mir 180 € für ein weiteres Jahr Lumenary Plus abgebucht. Ich hatte fest vor, rechtzeitig zu kündigen, habe die Erinnerung aber im Spam gefunden – leider zu spät. Seit dem Frühjahr habe ich den Dienst nicht mehr benutzt.

Ist es möglich, die Verlängerung rückgängig zu machen und mir den Betrag zu erstatten?

Mit freundlichen Grüßen
Clara Hoffmann`,
    })
    .change(day.yesterday('09:30'), 'ken', { assignee: 'ken', tags: ['refund', 'german'] })
    .refund(day.yesterday('09:36'), 'ken', {
      cause: 'forgotten_renewal',
      reason: 'Renewed three days ago, not used since spring. Within the 30 days for yearly plans.',
    })
    .reply(
      day.yesterday('09:41'),
      'ken',
      `Guten Tag Frau Hoffmann,

danke für Ihre Nachricht. Die Verlängerung liegt erst drei Tage zurück, deshalb habe ich die volle Erstattung von 180,00 € beantragt. Bei Beträgen dieser Höhe schaut bei uns eine zweite Person darüber; ich melde mich, sobald das Geld unterwegs ist.

Herzliche Grüße
Ken Watanabe`,
      'open',
    )

  const yen = scene('yen', '解約と返金')
    .writes(day.yesterday('10:02'), 'yuki', {
      subject: '自動更新の返金について',
      text: `ルーメナリー サポートご担当者様

お世話になっております。田中と申します。
4日前に Lumenary Plus(月額2,800円)が自動更新されましたが、今月は使う予定がなく、解約手続きを忘れておりました。

今回の更新分を返金していただくことは可能でしょうか。
お手数をおかけしますが、よろしくお願いいたします。

田中 由紀`,
    })
    .refund(day.yesterday('10:31'), 'ken', { cause: 'forgotten_renewal' })
    .reply(
      day.yesterday('10:35'),
      'ken',
      `田中様

お問い合わせありがとうございます。
更新から4日以内ですので、2,800円を全額返金いたしました。カード会社により、明細への反映まで5〜10日ほどかかります。

また何かございましたら、お気軽にご連絡ください。

渡辺`,
      'solved',
    )
    .rates(day.yesterday('11:10'), 'yuki', 5)

  const afterCancel = scene('after-cancel', 'Billed after cancelling')
    .writes(day.yesterday('11:18'), 'ravi', {
      subject: 'Cancelled last month, still charged',
      text: `Hello,

I cancelled my Plus subscription on the website last month and got the "sorry to see you go" page. This week $20.00 was taken again. Please refund it and make sure it stops for good this time.

Ravi Kapoor`,
    })
    .note(
      day.yesterday('11:52'),
      'mia',
      'The cancel click never reached Stripe: the request timed out on our side that day. Ours to mend, full refund.',
    )
    .refund(day.yesterday('11:55'), 'mia', { cause: 'billed_after_cancel' })
    .outside(day.yesterday('12:00'), 'the subscription ends', (stage) =>
      endNewestSubscription(stage, people.ravi.email, 1),
    )
    .reply(
      day.yesterday('12:01'),
      'mia',
      `Hi Ravi,

you did cancel, and we failed to pass it on. The $20.00 are on their way back to your card (5 to 10 days, depending on your bank), and the subscription has now really ended. You will not be charged again.

I am sorry for the trouble.
Mia`,
      'solved',
    )
    .rates(day.yesterday('13:30'), 'ravi', 4, 'Good answer, but it should not have happened.')

  const explain = scene('explain-sam', 'An odd amount')
    .writes(day.yesterday('13:12'), 'sam', {
      subject: 'Where does this odd amount come from?',
      text: `Hey team,

I moved from Plus to Pro last week and the amount on my card was neither 20 nor 49 dollars. Not complaining, I would just like to understand the sum before I expense it.

Sam`,
    })
    .billing(day.yesterday('13:50'), 'ken')
    .reply(
      day.yesterday('13:58'),
      'ken',
      `Hi Sam,

happily. When you moved to Pro in the middle of your month, you got back the unused days of Plus and paid for Pro from that day to the end of the month. The two lines on your invoice add up to exactly what was charged; from the next renewal on it is a plain $49.00.

The invoice with both lines is attached to the mail you received that day. Shout if your finance team wants it in another form.

Ken`,
      'solved',
    )
    .rates(day.yesterday('15:02'), 'sam', 5, 'Clear, thanks!')

  const declined = scene('declined-amelia', 'A payment that failed')
    .writes(day.yesterday('17:26'), 'amelia', {
      subject: 'Locked out – "payment failed"',
      text: `Hi, I opened Lumenary this afternoon and it says my payment failed and my account is limited. I got a new card last week because the old one was stolen, I did put the number in. Can you see what is wrong? I have a deadline tomorrow.

Amelia`,
    })
    .change(day.yesterday('17:40'), 'mia', { priority: 'high', tags: ['payment-failed'] })
    .billing(day.yesterday('17:42'), 'mia')
    .reply(
      day.yesterday('17:49'),
      'mia',
      `Hi Amelia,

your bank declined yesterday's renewal on the new card. Most often the card only has to be released for online payments in your bank's app. Once that is done we try again by ourselves; you need not enter anything.

I have kept your account fully open until tomorrow evening so that your deadline is safe. Does the bank's app show something to confirm?

Mia`,
      'pending',
    )

  const dispute = scene('dispute-jonas', 'A charge that is disputed')
    .outside(day.yesterday('18:20'), 'his bank disputes the charge', async (stage) => {
      const [customer] = (await stage.outside.stripe.customers.list({ email: people.jonas.email })).data
      const charges = customer && (await stage.outside.stripe.charges.list({ customer: customer.id })).data
      const last = charges?.find((charge) => charge.status === 'succeeded')
      if (last && !last.disputed) await stage.outside.dispute(last.id, 'unrecognized')
    })
    .writes(day.yesterday('18:41'), 'jonas', {
      subject: 'Unbekannte Abbuchung LUMENARY',
      text: `Hallo,

auf meiner Kreditkarte steht eine Abbuchung von 18,00 € von „LUMENARY“, die ich nicht zuordnen kann. Ich habe bei meiner Bank schon Widerspruch eingelegt. Was ist das?

J. Keller`,
    })
    .billing(day.yesterday('19:01'), 'fina')
    .note(
      day.yesterday('19:05'),
      'fina',
      'The bank has opened a dispute for this charge, so no refund from our side while it runs. He signed in four times this month; evidence is there.',
    )

  const goodwill = scene('remorse-grace', 'Changed her mind')
    .writes(day.today('08:22'), 'grace', {
      subject: 'Not for me after all',
      text: `Hello! I tried Plus for a few weeks and it is a nice product, but I hardly ever need it. Any chance of getting this month's payment back? I know I am a bit late.

Best, Grace`,
    })
    .refund(day.today('09:02'), 'ken', {
      cause: 'goodwill',
      reason: 'Just outside the window, first refund, polite. Half as goodwill.',
    })
    .reply(
      day.today('09:06'),
      'ken',
      `Hi Grace,

thank you for giving Plus a try. The 14 days in which we return the whole month are over, but since you hardly used it I have refunded half of it, $10.00, as a gesture. It will be on your card within 5 to 10 days.

Ken`,
      'solved',
    )
    .rates(day.today('09:45'), 'grace', 4)

  return [doubleCharge, renewal, yen, afterCancel, explain, declined, dispute, goodwill]
}

/** What an agent does in Stripe itself: of so many subscriptions, the newest ends at once. */
async function endNewestSubscription({ outside }: Stage, email: string, of: number): Promise<void> {
  const [customer] = (await outside.stripe.customers.list({ email, limit: 1 })).data
  const running = customer ? (await outside.stripe.subscriptions.list({ customer: customer.id })).data : []
  const [newest] = running.toSorted((a, b) => b.created - a.created)
  if (newest && running.length === of) await outside.stripe.subscriptions.cancel(newest.id)
}
