import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Figures = {
  /** Processor time in milliseconds since the watch began. */
  cpuMs(): Record<string, number>
  peakMb(): Record<string, number>
  stop(): void
}

const ticksPerSecond = 100

/** Watches the desk, its database and its outside world, by their process ids. Linux only; elsewhere it finds nothing. */
export function watchProcesses(deskPid: number, dataDir: string): Figures {
  const groups = () => ({
    desk: [deskPid],
    database: databasePids(dataDir),
    world: childrenOf(deskPid),
    load: [process.pid],
  })
  const peaks: Record<string, number> = {}
  const sample = () => {
    for (const [name, pids] of Object.entries(groups())) {
      const mb = pids.reduce((sum, pid) => sum + pssMb(pid), 0)
      peaks[name] = Math.max(peaks[name] ?? 0, Math.round(mb))
    }
  }
  const timer = setInterval(sample, 500)
  const used = () =>
    Object.fromEntries(
      Object.entries(groups()).map(([name, pids]) => [name, pids.reduce((sum, pid) => sum + cpuMsOf(pid), 0)]),
    )
  const before = used()
  return {
    cpuMs: () => Object.fromEntries(Object.entries(used()).map(([name, ms]) => [name, ms - (before[name] ?? 0)])),
    peakMb() {
      sample()
      return peaks
    },
    stop: () => clearInterval(timer),
  }
}

function databasePids(dataDir: string): number[] {
  const postmaster = Number(read(join(dataDir, 'pg/data/postmaster.pid')).split('\n')[0])
  return postmaster ? [postmaster, ...childrenOf(postmaster)] : []
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((other) => other > 0 && statOf(other)[1] === String(pid))
  } catch {
    return []
  }
}

/** The fields of /proc/pid/stat from the state on: [state, ppid, …]. */
function statOf(pid: number): string[] {
  const stat = read(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** Own time and that of children it has seen end: a backend that leaves takes nothing with it. */
function cpuMsOf(pid: number): number {
  const fields = statOf(pid)
  const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index] ?? 0), 0)
  return (ticks * 1000) / ticksPerSecond
}

/** What a process holds now, in MB: its proportional set size. */
export function pssMb(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
