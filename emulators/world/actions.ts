import { moveClock, reset, setClock } from './clock-actions.ts'
import {
  addMailFault,
  addProductFault,
  addStripeFault,
  clearFaults,
  clearProductFaults,
  clearStripeFaults,
  removeMailFault,
  saveWebhooks,
} from './fault-actions.ts'
import { reply, write } from './mail-actions.ts'
import { closeDispute, failRefund, openDispute } from './bank-actions.ts'
import { charge, chargeAgain, failNextPayment, newCustomer, renew } from './payment-actions.ts'
import type { Done, World } from './world.ts'

/** What the forms of the page can do, by the last part of their address. */
export const actions: Record<string, (world: World, input: unknown) => Promise<Done>> = {
  write,
  reply,
  'new-customer': newCustomer,
  charge,
  'charge-again': chargeAgain,
  dispute: openDispute,
  'close-dispute': closeDispute,
  'fail-refund': failRefund,
  renew,
  'fail-next-payment': failNextPayment,
  'add-mail-fault': addMailFault,
  'remove-mail-fault': removeMailFault,
  'add-stripe-fault': addStripeFault,
  'clear-stripe-faults': clearStripeFaults,
  'add-product-fault': addProductFault,
  'clear-product-faults': clearProductFaults,
  'clear-faults': clearFaults,
  webhooks: saveWebhooks,
  'move-clock': moveClock,
  'set-clock': setClock,
  reset,
}
