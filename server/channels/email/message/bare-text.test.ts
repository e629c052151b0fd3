import { expect, it } from 'vitest'
import { bareText, weighHtml } from './bare-text.ts'

it.each([
  ['no tags at all', 'no tags at all'],
  ['1 < 2 and <b>bold</b>', '1 < 2 and bold'],
  ['<p>One</p><p>Two<br>Three</p>', 'One\nTwo\nThree'],
  ['<style>p{}</style>a<script>if (a<b) alert("<p>")</script>b<title>t</title>', 'ab'],
  ['&lt;b&gt; &amp;amp; &#8364; &#x20AC; &nbsp;x &unknown;', '<b> &amp; € € x &unknown;'],
  ['<p>open <b', 'open'],
])('reads %j as %j', (html, text) => {
  expect(bareText(html)).toBe(text)
})

it('weighs how deep tags lie', () => {
  expect(weighHtml('<div><p>a<p>b<br></div><div></div>')).toEqual({ depth: 1, tags: 7 })
  expect(weighHtml('<div>'.repeat(500)).depth).toBe(500)
})
