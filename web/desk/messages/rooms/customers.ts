import { customersMessages } from '../en/customers.ts'
import { addMessages } from '../translate.ts'

addMessages(customersMessages)
