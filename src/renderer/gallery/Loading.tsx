import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Blank } from './Card'
import grid from './Grid.module.css'
import { useGeometry } from './useGeometry'

/** The first moment: cards without contents, where the cards will be. */
export function Loading() {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const geometry = useGeometry(scroller)
  return (
    <div ref={scroller} className={grid.scroller} data-still="" aria-busy="true">
      <span className="sr-only" role="status">
        {t('card.loading')}
      </span>
      {geometry ? (
        <div
          className={grid.blanks}
          aria-hidden="true"
          style={{
            gridTemplateColumns: `repeat(${geometry.columns}, minmax(0, 1fr))`,
            gridAutoRows: geometry.pitch,
          }}
        >
          {Array.from({ length: geometry.columns * 3 }, (_, place) => (
            <div key={place}>
              <Blank />
            </div>
          ))}
        </div>
      ) : null}
    </div>
  )
}
