import { useSettings } from '../state/settings'

/** What widths of cards there are, in pixels, as the settings allow them. */
export const cardSizes = { min: 160, max: 420, step: 4 }

/** Makes cards another width at once; told to the studio only where it is `final`, not at each step of a slide. */
export function resize(width: number, final: boolean): void {
  const { settings, set } = useSettings.getState()
  const cardSize = Math.max(cardSizes.min, Math.min(cardSizes.max, width))
  if (final) void set({ cardSize })
  else useSettings.setState({ settings: { ...settings, cardSize } })
}
