/** The server's sentence without the plan it begins with, which stands above it: "Active with 5 seats, next charge …". */
export function wordsOnly(sentence: string, plan: string): string {
  const rest = sentence.startsWith(`${plan}: `) ? sentence.slice(plan.length + 2) : sentence
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}
