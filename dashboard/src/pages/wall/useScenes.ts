import { useCallback, useEffect, useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { CYCLE_SECONDS, isScene, nextScene, scenesOf } from './scenes'
import type { Scene } from './scenes'

export interface Scenes {
  all: Scene[]
  shown: Scene
  show: (scene: Scene) => void
  cycling: boolean
  setCycling: (on: boolean) => void
}

/** The scene stands in the address; it changes by itself only where that was asked for, and never under somebody's hand. */
export function useScenes(offices: number, kiosk: boolean): Scenes {
  const [search, setSearch] = useSearchParams()
  const all = useMemo(() => scenesOf(offices), [offices])
  const asked = search.get('scene')
  const shown = isScene(asked) && all.includes(asked) ? asked : 'alerts'
  const cycling = search.get('cycle') === null ? kiosk : search.get('cycle') === 'on'
  const [touched, setTouched] = useState(0)

  const set = useCallback(
    (name: string, value: string) =>
      setSearch((old) => {
        const next = new URLSearchParams(old)
        next.set(name, value)
        return next
      }, { replace: true }),
    [setSearch],
  )
  const show = useCallback((scene: Scene) => set('scene', scene), [set])
  const setCycling = useCallback((on: boolean) => set('cycle', on ? 'on' : 'off'), [set])

  useEffect(() => {
    const touch = () => setTouched((n) => n + 1)
    const press = ({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
      if (ctrlKey || metaKey || altKey || (target instanceof Element && target.closest('input, select, textarea'))) return
      const scene = all[Number(key) - 1]
      if (scene) show(scene)
      else touch()
    }
    addEventListener('pointermove', touch)
    addEventListener('keydown', press)
    return () => {
      removeEventListener('pointermove', touch)
      removeEventListener('keydown', press)
    }
  }, [all, show])

  useEffect(() => {
    if (!cycling || all.length < 2) return undefined
    const timer = setTimeout(() => show(nextScene(all, shown)), CYCLE_SECONDS * 1000)
    return () => clearTimeout(timer)
    // Whoever reads keeps the scene: each move begins the wait anew.
  }, [cycling, all, shown, show, touched])

  return { all, shown, show, cycling, setCycling }
}
