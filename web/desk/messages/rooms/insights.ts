import { insightsMessages } from '../en/insights.ts'
import { addMessages } from '../translate.ts'

addMessages(insightsMessages)
