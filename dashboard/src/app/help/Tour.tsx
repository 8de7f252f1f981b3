import { Button } from 'antd'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useWording } from '../../i18n/language'
import { useMe } from '../session'
import { rememberTour, tourOf } from './tour'
import './help.css'

interface Box {
  left: number
  top: number
  width: number
  height: number
}

const WIDTH = 380
const GAP = 12

function boxOf(target: string | null): Box | null {
  const box = target === null ? null : document.querySelector(target)?.getBoundingClientRect()
  return box && box.width > 0 && box.right <= innerWidth + 1 ? { left: box.left, top: box.top, width: box.width, height: box.height } : null
}

/** A few stops beside what they speak of. The page can be used meanwhile: nothing is locked. */
export default function Tour({ end }: { end: () => void }) {
  const me = useMe()
  const { t } = useWording()
  const stops = tourOf(me)
  const [at, go] = useState(0)
  const [box, setBox] = useState<Box | null>(null)
  const next = useRef<HTMLButtonElement>(null)
  const current = stops[at]
  const target = current?.target ?? null

  useLayoutEffect(() => {
    const measure = () => setBox(boxOf(target))
    measure()
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }, [target])
  useEffect(() => next.current?.focus({ preventScroll: true }), [at])

  const finish = () => {
    rememberTour(me)
    end()
  }
  if (!current) return null
  const last = at === stops.length - 1
  const place =
    box === null
      ? { left: Math.max(GAP, (innerWidth - WIDTH) / 2), top: innerHeight * 0.3 }
      : { left: Math.min(Math.max(GAP, box.left + box.width / 2 - WIDTH / 2), Math.max(GAP, innerWidth - WIDTH - GAP)), top: box.top + box.height + GAP }
  return (
    <>
      {box !== null && <div className="tour-ring" style={{ left: box.left - 4, top: box.top - 2, width: box.width + 8, height: box.height + 4 }} />}
      <section className="tour" style={place} role="dialog" aria-labelledby="tour-title" aria-describedby="tour-text" onKeyDown={(e) => e.key === 'Escape' && finish()}>
        <h2 id="tour-title">{t(current.title)}</h2>
        <p id="tour-text">{t(current.text)}</p>
        <div className="tour-foot">
          <span>{t('tour.step', { n: at + 1, of: stops.length })}</span>
          {last || (
            <Button type="text" size="small" onClick={finish}>
              {t('tour.skip')}
            </Button>
          )}
          {at > 0 && (
            <Button size="small" onClick={() => go(at - 1)}>
              {t('tour.back')}
            </Button>
          )}
          <Button ref={next} type="primary" size="small" onClick={() => (last ? finish() : go(at + 1))}>
            {t(last ? 'tour.end' : 'tour.next')}
          </Button>
        </div>
      </section>
    </>
  )
}
