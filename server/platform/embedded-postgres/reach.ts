import { run, type User } from './command.ts'

/** Whether the database user can enter the folder, which every folder above it has a say in. */
export async function canEnter(folder: string, user: User | undefined): Promise<boolean> {
  if (!user) return true
  const { code } = await run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], user)
  return code === 0
}
