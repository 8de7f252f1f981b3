import type { Names } from '../../app/names'
import type { Workload } from '../../api/types'

export interface Bar {
  id: string
  kind: 'department' | 'prosecutor'
  label: string
  /** Open weight ÷ capacity. */
  load: number
  /** Open weight. */
  weight: number
  openCases: number
  onDuty: boolean
}

const byId = <T extends { id: string }>(a: T, b: T) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/**
 * One bar a prosecutor where they fit or everybody is asked for, else one a department. Ordered by id: a wall that ranks people would be read
 * as a table of merit, which a load is not.
 */
export function barsOf(
  workload: readonly Workload[],
  department: string | null,
  names: Names,
  fit: number,
  everybody = false,
): Bar[] {
  const chosen = department === null ? workload : workload.filter((w) => w.department === department)
  const people = [...chosen]
    .sort((a, b) => (a.department < b.department ? -1 : 1))
    .flatMap((w) =>
      [...w.prosecutors].sort(byId).map((p): Bar => ({
        id: p.id,
        kind: 'prosecutor',
        label: p.name,
        load: p.load,
        weight: p.load * p.capacity,
        openCases: p.openCases,
        onDuty: p.onDuty,
      })),
    )
  if (everybody || department !== null || people.length <= fit || chosen.length <= 1) return people
  // Departments of several offices share their names.
  const offices = new Set(chosen.map((w) => w.procuratorate)).size
  const labelOf = (w: Workload) => {
    const own = w.name ?? names.department(w.department)
    return offices > 1 && w.procuratorate ? `${names.procuratorate(w.procuratorate).replace(/人民检察院$/u, '')} ${own}` : own
  }
  return chosen
    .map((w): Bar => {
      const capacity = w.prosecutors.reduce((a, p) => a + p.capacity, 0)
      const weight = w.prosecutors.reduce((a, p) => a + p.load * p.capacity, 0)
      return {
        id: w.department,
        kind: 'department',
        label: labelOf(w),
        load: capacity > 0 ? weight / capacity : 0,
        weight,
        openCases: w.prosecutors.reduce((a, p) => a + p.openCases, 0),
        onDuty: true,
      }
    })
    .sort(byId)
}

export function meanLoad(bars: readonly Bar[]): number {
  const present = bars.filter((b) => b.onDuty)
  return present.length === 0 ? 0 : present.reduce((a, b) => a + b.load, 0) / present.length
}
