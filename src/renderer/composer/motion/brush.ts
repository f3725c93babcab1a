import { create } from 'zustand'

/** Which model's motion brush is open, and under which name of a parameter it is kept. */
export interface Brush {
  model: string
  name: string
}

export const useBrush = create<{ brush: Brush | null }>(() => ({ brush: null }))

/** Opens the motion brush over the page. */
export function openBrush(brush: Brush): void {
  useBrush.setState({ brush })
}

export function closeBrush(): void {
  useBrush.setState({ brush: null })
}
