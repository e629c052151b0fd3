export const errorMessages = {
  'error.offline': 'The desk cannot be reached. Check the connection; what you typed is still here.',
  'error.unauthenticated': 'Your session has ended. Sign in again to go on.',
  'error.forbidden': 'Your role does not allow this. Ask an admin for the right role.',
  'error.notFound': 'This no longer exists, or you may not see it.',
  'error.conflict': 'Someone else changed this in the meantime. Reload and try again.',
  'error.stale': 'This was changed since you opened it. Reload to see the newest state.',
  'error.tooLarge': 'This is too large to send.',
  'error.rateLimited': 'Too many tries in a short time. Wait a minute and try again.',
  'error.internal': 'Something went wrong on the server and was logged. Try again in a moment.',
  'error.unavailable': 'The desk is starting or busy. Try again in a moment.',
  'error.contract': 'The server answered in a way this page does not know. Reload the page to get the newest version.',
} as const
