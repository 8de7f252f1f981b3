import { FAILSAFE_SCHEMA, load } from 'js-yaml'

/** A catalogue file as it is written: everything is text. */
export type Node = string | null | Node[] | { [key: string]: Node }
export type Map = Record<string, Node>

export const isMap = (node: Node | undefined): node is Map => typeof node === 'object' && node !== null && !Array.isArray(node)
export const bodyOf = (node: Node | undefined): Map => (isMap(node) ? node : {})
export const list = (node: Node | undefined): Node[] => (node === undefined || node === null ? [] : Array.isArray(node) ? node : [node])
export const text = (node: Node | undefined): string => (typeof node === 'string' ? node : node === null || node === undefined ? '' : JSON.stringify(node))
export const isTrue = (node: Node | undefined): boolean => text(node) === 'true'

/** The rule of this id in a catalogue file. */
export function read(yaml: string, id: string): Map | null {
  try {
    const file = load(yaml, { schema: FAILSAFE_SCHEMA }) as Node
    const rules = list(file).filter(isMap)
    return rules.find((rule) => rule['id'] === id) ?? (rules.length === 1 ? (rules[0] ?? null) : null)
  } catch {
    return null
  }
}
