import { addressMessages } from '../en/addresses.ts'
import { addMessages } from '../translate.ts'

addMessages(addressMessages)
