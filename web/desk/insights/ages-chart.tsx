import '../messages/rooms/insights.ts'
import '@mantine/charts/styles.layer.css'
import { BarChart } from '@mantine/charts'
import type { Kpi } from '#contract/kpi.ts'
import { t } from '../messages/translate.ts'
import css from './ages-chart.module.css'
import { count } from './figure-words.ts'

/** How many tickets are how old: bars from zero, each with its number on it, no legend. */
export function AgesChart({ ages }: { ages: NonNullable<Kpi['ages']> }) {
  const groups = ['ages.0', 'ages.1', 'ages.2', 'ages.3', 'ages.4', 'ages.5'] as const
  const data = ages.map(({ n }, at) => ({ group: t(groups[at] ?? 'ages.5'), n }))
  const words = data.map(({ group, n }) => t('ages.words', { group, n })).join(', ')
  return (
    <figure className={css.figure}>
      <figcaption className={css.caption}>{t('ages.title')}</figcaption>
      <div role="img" aria-label={words}>
        <BarChart
          h={244}
          data={data}
          dataKey="group"
          series={[{ name: 'n', label: t('ages.series'), color: 'var(--ms-accent)' }]}
          withBarValueLabel
          valueFormatter={(n) => (n > 0 ? count(n) : '')}
          valueLabelProps={{ fill: 'var(--ms-text-2)', fontSize: 12 }}
          withTooltip={false}
          withYAxis={false}
          gridAxis="none"
          tickLine="none"
          maxBarWidth={56}
          barProps={{ isAnimationActive: false, radius: [2, 2, 0, 0] }}
          xAxisProps={{ interval: 0, tick: { fontSize: 12, fill: 'var(--ms-text-3)' } }}
          barChartProps={{ margin: { top: 20 }, accessibilityLayer: false }}
        />
      </div>
    </figure>
  )
}
