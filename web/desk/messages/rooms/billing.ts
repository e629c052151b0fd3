import { billingMessages } from '../en/billing.ts'
import { billingOrderMessages } from '../en/billing-orders.ts'
import { billingRoomMessages } from '../en/billing-rooms.ts'
import { productMessages } from '../en/product.ts'
import { addMessages } from '../translate.ts'

addMessages(billingMessages, billingOrderMessages, billingRoomMessages, productMessages)
