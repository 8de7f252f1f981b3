/** What the body of the wall shows; the lights stay. */
export const SCENES = ['alerts', 'deadlines', 'workload', 'units'] as const

export type Scene = (typeof SCENES)[number]

export const CYCLE_SECONDS = 20

export function isScene(value: string | null): value is Scene {
  return value !== null && (SCENES as readonly string[]).includes(value)
}

/** The scenes that say something here: the offices only where there are several. */
export function scenesOf(offices: number): Scene[] {
  return SCENES.filter((scene) => scene !== 'units' || offices > 1)
}

export function nextScene(scenes: readonly Scene[], shown: Scene): Scene {
  return scenes[(scenes.indexOf(shown) + 1) % scenes.length] ?? 'alerts'
}
