import type { Level } from '../api/types'

/** Lights in falling gravity: violations that go out as notices first, then warnings, then what is only handed on. */
export const LEVELS: readonly Level[] = ['L3', 'L2', 'L1', 'W3', 'W2', 'W1', 'S', 'T', 'V']

export const VIOLATIONS: readonly Level[] = ['L3', 'L2', 'L1']
export const WARNINGS: readonly Level[] = ['W3', 'W2', 'W1']
export const REFERRED: readonly Level[] = ['S', 'T', 'V']

/** One colour a level, used by the wall, the tables and the charts alike; the code is always printed beside it. */
export const LIGHT: Record<Level, string> = {
  L3: '#ff2f5e',
  L2: '#ff6648',
  L1: '#7fb2e5',
  W3: '#ff5c50',
  W2: '#ff9b3d',
  W1: '#f5cf45',
  S: '#b79cf0',
  T: '#6fc3b8',
  V: '#9aa7b5',
}

export function isLevel(value: string | null): value is Level {
  return value !== null && (LEVELS as readonly string[]).includes(value)
}

export function gravity(level: Level | null): number {
  return level === null ? LEVELS.length : LEVELS.indexOf(level)
}
