/** Server settings for a small machine (2 cores, a desk and its workers on the same host). Commits wait for the disk:
 * fsync and synchronous_commit keep their defaults. */
const settings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '128MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  // Fewer checkpoints, so fewer full pages in the log while mail pours in.
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  io_workers: '2',
  max_worker_processes: '4',
  max_parallel_workers_per_gather: '1',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

/** The settings as one string for `pg_ctl -o`, which a shell splits again. */
export function serverOptions(port: number, extra: Record<string, string>): string {
  const all = { port: String(port), ...settings, ...extra }
  return Object.entries(all)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
}
