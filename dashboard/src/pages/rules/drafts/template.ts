/** Where a new rule starts: a rule that passes the checks and says what each line is for. */
export const TEMPLATE = `# 一条规则一个列表项；# 之后是注释。 One list item is one rule; what follows # is a comment.
- id: BY-001
  name: {zh: 提起公诉前未讯问, en: Prosecuted without interrogation}
  category: 程序
  # L1 口头提示, L2 书面通知, L3 报检察长, S 移送评查, T 待他方履行, V 待核实
  level: L1
  basis: CPL 173; R 331
  # read: 条文已核对; memory: 凭记忆，待核对
  source: read
  caseTypes: [PRO, PRO-M]
  # 取其一 one of: deadline, response, precedence, condition, atMost, dueDate, document, service, field, custodyDeadline, custodyTerm, parts, manual
  precedence:
    per: suspect
    acts: {on: decision.made, when: {field: kind, is: prosecute}}
    needs: [suspect.interrogated]
  # 应当触发和不得触发的示例，检查时逐一试算
  fires:
    - title: prosecuted, never interrogated
      given: pro-arrested
      then: [[2026-03-05, decision.made, {kind: prosecute}]]
      at: 2026-03-06
      level: L1
  silent:
    - title: interrogated before
      given: pro-arrested
      then:
        - [2026-02-20, suspect.interrogated, {suspect: "1", staff: 2}]
        - [2026-03-05, decision.made, {kind: prosecute}]
      at: 2026-03-06
`
