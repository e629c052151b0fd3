import { readdir, readFile, readlink } from 'node:fs/promises'
import { basename } from 'node:path'
import { hasCode } from '../errno.ts'
import { run } from './command.ts'

/** Whether a process with this id exists, a killed one that nobody has collected yet not counted. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return !stat.includes(') Z ')
}

/** When the process began, in words that only this process has: ids are reused, a pair of id and start is not. */
export async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (stat) return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  return (await ps(pid, 'lstart')) ?? ''
}

/** Whether the process is the PostgreSQL server of this cluster; undefined where the system does not tell. */
export async function isServerOf(cluster: string, pid: number, proc = '/proc'): Promise<boolean | undefined> {
  if (!(await isAlive(pid))) return false
  try {
    const comm = await readFile(`${proc}/${pid}/comm`, 'utf8')
    return comm.trim() === 'postgres' && (await readlink(`${proc}/${pid}/cwd`)) === cluster
  } catch {
    const args = await ps(pid, 'args')
    return args === undefined ? undefined : basename(args.split(' ')[0] ?? '') === 'postgres' && args.includes(cluster)
  }
}

/** Server processes of this cluster that outlive their killed postmaster, which may still write to it. */
export async function orphansOf(cluster: string): Promise<number[]> {
  const pids = (await readdir('/proc').catch(() => [])).map(Number).filter((pid) => pid > 0)
  const ours = await Promise.all(
    pids.map(async (pid) => (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === cluster),
  )
  return pids.filter((_, index) => ours[index])
}

async function ps(pid: number, field: string): Promise<string | undefined> {
  try {
    const { code, output } = await run('ps', ['-o', `${field}=`, '-p', String(pid)], undefined)
    return code === 0 ? output.trim() : ''
  } catch {
    return undefined
  }
}
