/** The end of a solved mail: five links, one click each. `url` is the address of the rating without its score. */
export function ratingBlock(url: string): { text: string; html: string } {
  const scores = [1, 2, 3, 4, 5]
  const link = (score: number) => `${url}?score=${score}`
  return {
    text: [
      'How did we do? Choose one, from 1 (bad) to 5 (great):',
      ...scores.map((score) => `${score}: ${link(score)}`),
    ].join('\n'),
    html:
      '<div style="margin:16px 0"><div>How did we do? Choose one, from 1 (bad) to 5 (great):</div><div style="margin-top:8px">' +
      scores
        .map(
          (score) =>
            `<a href="${link(score)}" style="display:inline-block;margin-right:8px;padding:6px 12px;border:1px solid #cccccc;border-radius:4px;text-decoration:none">${score}</a>`,
        )
        .join('') +
      '</div></div>',
  }
}
