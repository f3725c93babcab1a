import { useEffect } from 'react'
import { create } from 'zustand'
import { api, subscribe } from '../api'
import type { Budget } from './pressure'

/** Jobs that move close together are followed by one look at the books. */
const calmMs = 600

const useStore = create<{ budget: Budget | null }>(() => ({ budget: null }))

/** Reads how the budgets stand now; null where the studio does not say. */
export async function readBudget(): Promise<Budget | null> {
  try {
    const budget = await api.money.budget()
    useStore.setState({ budget })
    return budget
  } catch {
    return null
  }
}

/** How the budgets stand, kept up to date while `wanted`; null until known. */
export function useBudget(wanted: boolean): Budget | null {
  const budget = useStore((state) => state.budget)
  useEffect(() => {
    if (!wanted) return undefined
    let timer: number | undefined
    void readBudget()
    const stop = subscribe((event) => {
      if (event.type === 'progress' || event.type === 'library' || event.type === 'notice') return
      window.clearTimeout(timer)
      timer = window.setTimeout(() => void readBudget(), calmMs)
    })
    return () => {
      window.clearTimeout(timer)
      stop()
    }
  }, [wanted])
  return wanted ? budget : null
}
