import { useEffect, useState } from 'react'

/** False for the first `ms` after mounting: what shows only while waiting must not flash by. */
export function useDelayed(ms = 150): boolean {
  const [due, setDue] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return due
}
